extension String {
    /// Without spaces and line ends around it.
    var trimmed: String {
        guard let first = utf8.first, let last = utf8.last,
            first <= 0x20 || last <= 0x20 || first >= 0xC2 || last >= 0x80
        else { return self }
        var rest = self[...]
        while let character = rest.first, character.isWhitespace { rest.removeFirst() }
        while let character = rest.last, character.isWhitespace { rest.removeLast() }
        return String(rest)
    }

    /// The text, or nil when it is empty.
    var nonEmpty: String? { isEmpty ? nil : self }
}
