namespace PatientTools.Accounts;

/// <summary>Names of accounts: 1 to 64 characters, no control characters, no white space around.</summary>
internal static class AccountName
{
    /// <summary>The name as it is compared: normalised and without case.</summary>
    public static string KeyOf(string name) => throw new NotSupportedException();

    /// <summary>Makes sure that a name can be used.</summary>
    /// <exception cref="PatientToolsException"><c>AccountNameInvalid</c>.</exception>
    public static string Checked(string name) => throw new NotSupportedException();
}
