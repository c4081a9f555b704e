using System.Text;
using PatientTools.Patients;
using PatientTools.Validation.Content;

namespace PatientTools.Core.Tests.Validation;

/// <summary>The scanner takes what the store takes, and nothing else.</summary>
public sealed class ScannerTests
{
    private static readonly string[] Seeds =
    [
        """{"resourceType":"Patient","id":"a","name":[{"family":"Müller","given":["Jo\u00ebl","\uD83D\uDE00"]}],"birthDate":"1958-12-31"}""",
        """ { "resourceType" : "Patient" , "multipleBirthInteger" : -12.5e+3 , "active" : true , "deceasedBoolean" : false , "x" : null } """,
        """{"a":[],"b":{},"c":[[1,2],[{"d":"\"\\\/\b\f\n\r\t"}]],"":0}""",
        """{"contained":[{"id":"p","resourceType":"Organization","name":"x"}],"resourceType":"Patient"}""",
    ];

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("{}x")]
    [InlineData("{} {}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":[1,]}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"a\":1.}")]
    [InlineData("{\"a\":.5}")]
    [InlineData("{\"a\":+1}")]
    [InlineData("{\"a\":1e}")]
    [InlineData("{\"a\":-}")]
    [InlineData("{\"a\":tru}")]
    [InlineData("{\"a\":truex}")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("{'a':1}")]
    [InlineData("{a:1}")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{\"a\":1 \"b\":2}")]
    [InlineData("{\"a\":\"\u0001\"}")]
    [InlineData("{\"a\":\"\\x\"}")]
    [InlineData("{\"a\":\"\\u12g4\"}")]
    [InlineData("{\"a\":\"\\uD800\"}")]
    [InlineData("{\"a\":\"\\uDC00\"}")]
    [InlineData("{\"a\":\"\\uD800\\u0041\"}")]
    [InlineData("{\"\\q\":1}")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":1,\"\\u0061\":2}")]
    [InlineData("{\"id\":\"1\",\"\\u0069d\":\"2\",\"resourceType\":\"Patient\"}")]
    [InlineData("{\"a\":1}//")]
    [InlineData("{/**/\"a\":1}")]
    [InlineData("\uFEFF{}")]
    public void WhatIsNoJsonIsRefused(string text)
    {
        Assert.False(IsTaken(text));
        Assert.False(new ResourceContent().Read(Encoding.UTF8.GetBytes(text), -1, new MemberGuesses()));
    }

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    [InlineData(1_000_000, false)]
    public void DepthIsLimited(int depth, bool expected)
    {
        var objects = string.Concat(Enumerable.Repeat("{\"a\":", depth - 1)) + "{}" + new string('}', depth - 1);
        var arrays = "{\"a\":" + new string('[', depth - 1) + new string(']', depth - 1) + "}";

        Assert.Equal(expected, new ResourceContent().Read(Encoding.UTF8.GetBytes(objects), -1, new MemberGuesses()));
        Assert.Equal(expected, new ResourceContent().Read(Encoding.UTF8.GetBytes(arrays), -1, new MemberGuesses()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void TakesWhatTheStoreTakes(int seed)
    {
        var random = new Random(seed);
        var content = new ResourceContent();
        var members = new MemberGuesses();
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = Damage(Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]), random);
            Assert.True(IsTaken(bytes) == content.Read(bytes, -1, members), $"seed {seed}, case {i}: {Encoding.UTF8.GetString(bytes)}");
        }
    }

    [Fact]
    public void TellsWhereAValueStands()
    {
        var content = Read("""{"resourceType":"Patient","name":[{"family":"a"},{"given":["b","c\u00e4"],"_given":[null,{"id":"x"}]}]}""");
        var name = content.Member(0, "name"u8);
        var given = content.Member(content.Nodes[name + 1].Next, "given"u8);
        var second = content.Nodes[given + 1].Next;

        Assert.Equal("Patient.name[1].given[1]", content.PathOf(second));
        Assert.Equal("cä", content.StringOf(second));
        Assert.Equal(0, content.Member(name + 1, "given"u8));
        Assert.Equal("Patient", content.PathOf(0));
    }

    [Fact]
    public void FindsMembersWhoseNamesAreEscaped()
    {
        var content = Read("""{"resourceType":"Patient","n\u0061me":[{"f\u0061mily":"a"}]}""");

        Assert.Equal("Patient.name[0].family", content.PathOf(content.Member(content.Member(0, "name"u8) + 1, "family"u8)));
    }

    [Fact]
    public void ManyMembersCostNoMoreThanTheirNumber()
    {
        var text = "{" + string.Join(',', Enumerable.Range(0, 200_000).Select(i => $"\"m{i}\":1")) + "}";

        Assert.True(new ResourceContent().Read(Encoding.UTF8.GetBytes(text), -1, new MemberGuesses()));
        Assert.False(new ResourceContent().Read(Encoding.UTF8.GetBytes(text[..^1] + ",\"m7\":2}"), -1, new MemberGuesses()));
    }

    private static ResourceContent Read(string text)
    {
        var content = new ResourceContent();
        Assert.True(content.Read(Encoding.UTF8.GetBytes(text), -1, new MemberGuesses()));
        return content;
    }

    private static byte[] Damage(byte[] bytes, Random random)
    {
        var damaged = bytes.ToList();
        for (var n = random.Next(3); n > 0 && damaged.Count > 0; n--)
        {
            var at = random.Next(damaged.Count);
            switch (random.Next(5))
            {
                case 0:
                    damaged.RemoveAt(at);
                    break;
                case 1:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 2:
                    damaged.Insert(at, (byte)"{}[]\",:\\u0123eE+-.tfn \t\n"[random.Next(24)]);
                    break;
                case 3:
                    damaged.RemoveRange(at, damaged.Count - at);
                    break;
                default:
                    damaged.InsertRange(at, damaged.GetRange(at, Math.Min(random.Next(12), damaged.Count - at)));
                    break;
            }
        }

        return [.. damaged];
    }

    private static bool IsTaken(string text) => IsTaken(Encoding.UTF8.GetBytes(text));

    private static bool IsTaken(byte[] text)
    {
        try
        {
            JsonText.CompactObject(text);
            return true;
        }
        catch (InvalidDocumentException)
        {
            return false;
        }
    }
}
