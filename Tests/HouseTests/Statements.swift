/// Statements of SQL, which live in LabStore: the one door to the database.
enum Statements {
    /// Literals outside of LabStore that speak to a database, in the capitals of SQL.
    static func strays(in file: SwiftFile) -> [Finding] {
        guard file.target != "LabStore" else { return [] }
        return file.literals.filter { isStatement($0.text) }
            .map { Finding(file.path, $0.line, "is SQL; give LabStore a function for it") }
    }

    private static func isStatement(_ text: String) -> Bool {
        let words = text.split { !$0.isNamePart }
        return pairs.contains { first, second in
            guard let start = words.firstIndex(of: first) else { return false }
            return words[start...].contains(second)
        }
    }

    private static let pairs: [(Substring, Substring)] = [
        ("SELECT", "FROM"), ("INSERT", "INTO"), ("UPDATE", "SET"), ("DELETE", "FROM"),
        ("CREATE", "TABLE"), ("ALTER", "TABLE"), ("DROP", "TABLE"), ("PRAGMA", "PRAGMA"),
    ]
}
