/// A look at the text before it is parsed, for what would cost the parser too much.
///
/// The parser compares keys by their whole content, so that a few dozen aliases nested in one
/// another cost it hours. Each alias is refused later, with its place; this only bounds how many
/// the parser sees. (Depth needs no guard: libyaml itself stops at 1,000 levels.)
enum YAMLGuard {
    /// Twenty aliases make at most 3^7 copies of what they stand for.
    private static let mostAliases = 20

    /// The place of the first alias too many, or nil when there are few enough.
    ///
    /// Stars of a text or a comment count too when they look like an alias.
    static func firstAliasTooMany(in text: String, file: String) -> SettingsPlace? {
        var line = 1
        var column = 0
        var aliases = 0
        var mayBeAlias = false
        var previous: Unicode.Scalar = "\n"
        for scalar in text.unicodeScalars {
            column += 1
            if mayBeAlias, isNamePart(scalar) {
                aliases += 1
                if aliases > mostAliases {
                    return SettingsPlace(file: file, line: line, column: column - 1, path: "")
                }
            }
            mayBeAlias = scalar == "*" && !isNamePart(previous)
            if scalar == "\n" {
                line += 1
                column = 0
            }
            previous = scalar
        }
        return nil
    }

    /// What libyaml takes for the name of an anchor.
    private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "0"..."9", "A"..."Z", "a"..."z", "_", "-": true
        default: false
        }
    }
}
