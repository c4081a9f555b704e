namespace PatientTools.Build;

/// <summary>Something in the sources of the module that a person has to put right.</summary>
internal sealed class BuildException(string message) : Exception(message);
