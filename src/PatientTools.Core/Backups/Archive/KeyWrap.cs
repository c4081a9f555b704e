using System.Security.Cryptography;
using System.Text.Json;

namespace PatientTools.Backups.Archive;

/// <summary>The random key of one backup, closed in for its recipient; it stands in the backup's header.</summary>
internal abstract record KeyWrap
{
    /// <summary>How long keys are.</summary>
    public const int KeyLength = 32;

    private const int TagLength = 16;
    private const int NonceLength = 12;

    /// <summary>What opens it, for messages.</summary>
    public abstract string Opener { get; }

    /// <summary>Writes its members.</summary>
    public abstract void Write(Utf8JsonWriter json);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static KeyWrap Read(JsonElement json) => json.GetProperty("wrapping").GetString() switch
    {
        PasswordWrap.Name => PasswordWrap.ReadMembers(json),
        RsaWrap.Name => new RsaWrap(ReadId(json), json.GetProperty("wrappedKey").GetBytesFromBase64()),
        EcWrap.Name => new EcWrap(
            ReadId(json), json.GetProperty("ephemeralKey").GetBytesFromBase64(), json.GetProperty("wrappedKey").GetBytesFromBase64()),
        _ => throw new FormatException(),
    };

    private static string ReadId(JsonElement json) =>
        json.GetProperty("keyId").GetString() is { } id && BackupHeader.IsHash(id) ? id : throw new FormatException();

    /// <summary>Closes a key in with another one that is used for nothing else, which is why the nonce may be zero.</summary>
    protected static byte[] Close(ReadOnlySpan<byte> outer, ReadOnlySpan<byte> key)
    {
        var wrapped = new byte[KeyLength + TagLength];
        using var gcm = new AesGcm(outer, TagLength);
        gcm.Encrypt(new byte[NonceLength], key, wrapped.AsSpan(0, KeyLength), wrapped.AsSpan(KeyLength));
        return wrapped;
    }

    /// <summary>Opens what <see cref="Close"/> closed; null when the outer key is another one.</summary>
    protected static byte[]? Open(ReadOnlySpan<byte> outer, ReadOnlySpan<byte> wrapped)
    {
        if (wrapped.Length != KeyLength + TagLength)
        {
            return null;
        }

        var key = new byte[KeyLength];
        using var gcm = new AesGcm(outer, TagLength);
        try
        {
            gcm.Decrypt(new byte[NonceLength], wrapped[..KeyLength], wrapped[KeyLength..], key);
            return key;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}

/// <summary>Closed in by a password: PBKDF2-HMAC-SHA-512 (RFC 8018).</summary>
internal sealed record PasswordWrap(int Iterations, byte[] Salt, byte[] Wrapped) : KeyWrap
{
    public const string Name = "PBKDF2-HMAC-SHA-512, AES-256-GCM";

    /// <summary>What OWASP's Password Storage Cheat Sheet asks of PBKDF2-HMAC-SHA-512.</summary>
    private const int OwnIterations = 210_000;

    /// <summary>More would only keep the reader waiting: a trap.</summary>
    private const int MostIterations = 10_000_000;

    private const int SaltLength = 32;

    public override string Opener => "a password";

    public static PasswordWrap Make(byte[] password, ReadOnlySpan<byte> key)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        return new PasswordWrap(OwnIterations, salt, Close(Derive(password, salt, OwnIterations), key));
    }

    public static PasswordWrap ReadMembers(JsonElement json)
    {
        var iterations = json.GetProperty("iterations").GetInt32();
        return iterations is >= OwnIterations and <= MostIterations
            ? new PasswordWrap(iterations, json.GetProperty("salt").GetBytesFromBase64(), json.GetProperty("wrappedKey").GetBytesFromBase64())
            : throw new FormatException();
    }

    public byte[]? Open(byte[] password) => Open(Derive(password, Salt, Iterations), Wrapped);

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("wrapping", Name);
        json.WriteNumber("iterations", Iterations);
        json.WriteBase64String("salt", Salt);
        json.WriteBase64String("wrappedKey", Wrapped);
    }

    private static byte[] Derive(byte[] password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA512, KeyLength);
}

/// <summary>Closed in for an RSA key: OAEP with SHA-256 (RFC 8017).</summary>
internal sealed record RsaWrap(string KeyId, byte[] Wrapped) : KeyWrap
{
    public const string Name = "RSA-OAEP-SHA-256";

    public override string Opener => $"the private key whose public key has the SHA-256 {KeyId}";

    public static RsaWrap Make(RSA recipient, ReadOnlySpan<byte> key) =>
        new(KeyFile.IdOf(recipient), recipient.Encrypt(key, RSAEncryptionPadding.OaepSHA256));

    public byte[]? Open(RSA key)
    {
        try
        {
            return KeyFile.IdOf(key) == KeyId && key.Decrypt(Wrapped, RSAEncryptionPadding.OaepSHA256) is { Length: KeyLength } opened ? opened : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("wrapping", Name);
        json.WriteString("keyId", KeyId);
        json.WriteBase64String("wrappedKey", Wrapped);
    }
}

/// <summary>Closed in for a key of an elliptic curve: a key made for this backup alone, ECDH, HKDF-SHA-256 (RFC 5869).</summary>
internal sealed record EcWrap(string KeyId, byte[] EphemeralKey, byte[] Wrapped) : KeyWrap
{
    public const string Name = "ECDH, HKDF-SHA-256, AES-256-GCM";

    public override string Opener => $"the private key whose public key has the SHA-256 {KeyId}";

    public static EcWrap Make(ECDiffieHellman recipient, ReadOnlySpan<byte> key)
    {
        using var ephemeral = ECDiffieHellman.Create(recipient.ExportParameters(includePrivateParameters: false).Curve);
        var own = ephemeral.ExportSubjectPublicKeyInfo();
        return new EcWrap(KeyFile.IdOf(recipient), own, Close(Derive(ephemeral, recipient, own, recipient.ExportSubjectPublicKeyInfo()), key));
    }

    public byte[]? Open(ECDiffieHellman key)
    {
        if (KeyFile.IdOf(key) != KeyId)
        {
            return null;
        }

        try
        {
            using var ephemeral = ECDiffieHellman.Create();
            ephemeral.ImportSubjectPublicKeyInfo(EphemeralKey, out _);
            return Open(Derive(key, ephemeral, EphemeralKey, key.ExportSubjectPublicKeyInfo()), Wrapped);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteString("wrapping", Name);
        json.WriteString("keyId", KeyId);
        json.WriteBase64String("ephemeralKey", EphemeralKey);
        json.WriteBase64String("wrappedKey", Wrapped);
    }

    private static byte[] Derive(ECDiffieHellman own, ECDiffieHellman other, byte[] ephemeralKey, byte[] recipientKey) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256,
        own.DeriveRawSecretAgreement(other.PublicKey),
        KeyLength,
        salt: SHA256.HashData([.. ephemeralKey, .. recipientKey]),
        info: "PatientTools backup key"u8.ToArray());
}
