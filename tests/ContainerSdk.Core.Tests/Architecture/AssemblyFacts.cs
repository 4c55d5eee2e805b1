using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ContainerSdk.Core.Tests.Architecture;

/// <summary>What a built assembly refers to.</summary>
internal static class AssemblyFacts
{
    /// <summary>The simple names of the assemblies it was compiled against and uses.</summary>
    public static string[] References(Assembly assembly) => [.. assembly.GetReferencedAssemblies().Select(name => name.Name!)];

    /// <summary>The types, and the members as <c>Type.Member</c>, of other assemblies that its code names.</summary>
    public static HashSet<string> Names(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        var names = metadata.TypeReferences.Select(handle => TypeName(metadata, handle)).ToHashSet(StringComparer.Ordinal);
        foreach (var member in metadata.MemberReferences.Select(metadata.GetMemberReference).Where(member => member.Parent.Kind == HandleKind.TypeReference))
            names.Add($"{TypeName(metadata, (TypeReferenceHandle)member.Parent)}.{metadata.GetString(member.Name)}");
        return names;
    }

    private static string TypeName(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }
}
