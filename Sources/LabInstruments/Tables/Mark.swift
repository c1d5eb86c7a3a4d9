/// A mark such as that of an omitted well, in the words that programs have for yes and no.
enum Mark {
    /// What the words of a cell say; nil for a word that says neither.
    static func isYes(_ cell: String) -> Bool? {
        let key = Heading.key(cell)
        if yes.contains(key) { return true }
        return no.contains(key) ? false : nil
    }

    private static let yes = Set(
        [
            "true", "yes", "y", "1", "x", "omitted", "omit", "excluded", "included", "wahr", "ja",
            "vrai", "oui", "vero", "sí", "si", "sì", "verdadero", "verdadeiro", "sim", "истина",
            "да", "是", "真",
        ].map(Heading.key))

    private static let no = Set(
        [
            "false", "no", "n", "0", "falsch", "nein", "faux", "non", "falso", "não", "ложь",
            "нет", "否", "假",
        ].map(Heading.key))
}
