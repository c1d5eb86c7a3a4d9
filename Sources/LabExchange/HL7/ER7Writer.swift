/// Writes messages in the ER7 encoding, each segment ended by a carriage return.
package struct ER7Writer {
    private var escapes = ER7Escapes(separators: .standard)
    private var lineEnd: UInt8
    /// What was written so far.
    package private(set) var bytes: [UInt8] = []

    /// A writer; `lineEnd` is a carriage return, as the standard has it, unless said.
    package init(lineEnd: UInt8 = 0x0D) {
        self.lineEnd = lineEnd
    }

    /// Writes all segments of a message; its own header names the separators.
    package mutating func write(_ message: HL7Message) {
        for segment in message.segments { write(segment) }
    }

    /// Writes one segment; MSH, FHS and BHS set the separators from there on.
    package mutating func write(_ segment: HL7Segment) {
        bytes.append(contentsOf: segment.name.utf8)
        var fields = segment.fields[...]
        if HL7Segment.namesSeparators(segment.name) {
            escapes = ER7Escapes(separators: HL7Separators(of: segment))
            bytes.append(escapes.separators.field)
            bytes.append(contentsOf: escapes.separators.encoding.utf8)
            fields = fields.dropFirst(2)
        }
        for field in fields {
            bytes.append(escapes.separators.field)
            write(field)
        }
        bytes.append(lineEnd)
    }

    private mutating func write(_ field: HL7Field) {
        write(field.first, between: escapes.separators.component)
        for other in field.others {
            // Separators that a message does without were never read in it.
            bytes.append(escapes.separators.repetition ?? 0x7E)
            write(other, between: escapes.separators.component)
        }
    }

    private mutating func write(_ value: HL7Value, between separator: UInt8) {
        switch value {
        case .empty: break
        case .text(let text): escapes.append(text, to: &bytes)
        case .formatted(let pieces):
            for piece in pieces {
                switch piece {
                case .text(let text): escapes.append(text, to: &bytes)
                case .escape(let code): escapes.append(code: code, to: &bytes)
                }
            }
        case .parts(let parts):
            for (place, part) in parts.enumerated() {
                if place > 0 { bytes.append(separator) }
                write(part, between: escapes.separators.subcomponent ?? 0x26)
            }
        }
    }
}
