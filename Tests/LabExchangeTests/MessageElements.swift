import LabXML

extension XMLElement {
    /// The texts of all elements that a path leads to: its first name anywhere, the others each
    /// directly below the one before.
    func texts(_ path: String) -> [String] {
        let names = path.split(separator: "/").map(String.init)
        var found = descendants(named: names.first ?? "")
        for name in names.dropFirst() { found = found.flatMap { $0.children(name) } }
        return found.map(\.text)
    }

    /// All elements of a name, in the order of the document.
    func descendants(named name: String) -> [XMLElement] {
        (self.name == name ? [self] : []) + children.flatMap { $0.descendants(named: name) }
    }
}
