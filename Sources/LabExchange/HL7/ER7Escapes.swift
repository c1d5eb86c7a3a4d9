/// Escape sequences of the ER7 encoding (HL7 2.5.1, section 2.7).
struct ER7Escapes {
    let separators: HL7Separators

    /// The value of a stretch of bytes between separators.
    ///
    /// `\F\ \S\ \T\ \R\ \E\` are the separators, `\X000d\` and `\X000a\` line ends.
    /// `\.xx\`, `\H\`, `\N\`, and `\C \M \X \Z` with what follows stay sequences. An escape
    /// character before anything else stands for nothing and is left out, as HAPI does it.
    func value(_ bytes: ArraySlice<UInt8>) -> HL7Value {
        if bytes.isEmpty { return .empty }
        guard let escape = separators.escape, bytes.contains(escape) else {
            return .text(String(decoding: bytes, as: UTF8.self))
        }
        var pieces: [HL7Piece] = []
        var plain: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == escape else {
                plain.append(byte)
                continue
            }
            guard let end = rest.firstIndex(of: escape) else { continue }
            let code = rest[rest.startIndex..<end]
            if let character = character(of: code) {
                plain.append(character)
            } else if Self.isKept(code) {
                if !plain.isEmpty { pieces.append(.text(String(decoding: plain, as: UTF8.self))) }
                plain = []
                pieces.append(.escape(String(decoding: code, as: UTF8.self)))
            } else {
                continue
            }
            rest = rest[(end + 1)...]
        }
        if !plain.isEmpty { pieces.append(.text(String(decoding: plain, as: UTF8.self))) }
        if pieces.isEmpty { return .empty }
        if pieces.count == 1, case .text(let text) = pieces[0] { return .text(text) }
        return .formatted(pieces)
    }

    private func character(of code: ArraySlice<UInt8>) -> UInt8? {
        if code.elementsEqual("X000d".utf8) { return 0x0D }
        if code.elementsEqual("X000a".utf8) { return 0x0A }
        guard code.count == 1, let letter = code.first else { return nil }
        return switch letter {
        case 0x46: separators.field
        case 0x53: separators.component
        case 0x54: separators.subcomponent
        case 0x52: separators.repetition
        case 0x45: separators.escape
        default: nil
        }
    }

    private static func isKept(_ code: ArraySlice<UInt8>) -> Bool {
        switch code.first {
        case 0x2E, 0x43, 0x4D, 0x58, 0x5A: true  // . C M X Z
        case 0x48, 0x4E: code.count == 1  // H N
        default: false
        }
    }

    /// Writes a text so that it is read as it is.
    func append(_ text: String, to bytes: inout [UInt8]) {
        for byte in text.utf8 {
            let letter: UInt8? =
                switch byte {
                case separators.field: 0x46
                case separators.component: 0x53
                case separators.subcomponent: 0x54
                case separators.repetition: 0x52
                case separators.escape: 0x45
                default: nil
                }
            if let letter, let escape = separators.escape {
                bytes.append(contentsOf: [escape, letter, escape])
            } else if byte == 0x0D || byte == 0x0A, let escape = separators.escape {
                // A bare line end would end the segment.
                bytes.append(escape)
                bytes.append(contentsOf: byte == 0x0D ? "X000d".utf8 : "X000a".utf8)
                bytes.append(escape)
            } else {
                bytes.append(byte)
            }
        }
    }

    /// Writes a sequence as it was read.
    func append(code: String, to bytes: inout [UInt8]) {
        guard let escape = separators.escape else { return }
        bytes.append(escape)
        bytes.append(contentsOf: code.utf8)
        bytes.append(escape)
    }
}
