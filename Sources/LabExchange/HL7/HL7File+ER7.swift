internal import LabTables

extension HL7File {
    /// Reads a file in the ER7 encoding.
    ///
    /// Segments may end in CR, LF or both; frames of MLLP around messages are taken off. Text that
    /// is not UTF-8 is read as ISO 8859-1 where MSH-18 says so.
    /// - Throws: `HL7Fault` with the first line that cannot be read.
    package init(er7 bytes: [UInt8]) throws(HL7Fault) {
        guard bytes.count <= ER7Reader.limit else {
            throw HL7Fault(
                "the file is longer than 64 MiB", remedy: "send fewer messages in one file")
        }
        let text = try Self.text(bytes)
        var builder = HL7FileBuilder()
        var reader = ER7Reader()
        var number = 0
        var start = text.startIndex
        var index = start
        while index <= text.endIndex {
            let isEnd = index == text.endIndex
            if isEnd || text[index] == 0x0D || text[index] == 0x0A {
                number += 1
                let line = text[start..<index]
                if let segment = try reader.segment(line, number: number) {
                    try builder.add(segment)
                }
                if !isEnd, text[index] == 0x0D, index + 1 < text.endIndex,
                    text[index + 1] == 0x0A
                {
                    index += 1
                }
                start = index + 1
            }
            index += 1
        }
        self = try builder.finish()
    }

    /// The bytes of the file in the ER7 encoding.
    package var er7: [UInt8] {
        var writer = ER7Writer()
        if let header { writer.write(header) }
        for batch in batches {
            if let header = batch.header { writer.write(header) }
            for message in batch.messages { writer.write(message) }
            if let trailer = batch.trailer { writer.write(trailer) }
        }
        if let trailer { writer.write(trailer) }
        return writer.bytes
    }

    private static func text(_ bytes: [UInt8]) throws(HL7Fault) -> [UInt8] {
        // What frames a message on a wire is no part of it.
        let bare = bytes.filter { $0 != 0x0B && $0 != 0x1C }
        do throws(EncodingFault) {
            return try TextDecoding.decode(bare).utf8
        } catch {
            let head = bare.prefix { $0 != 0x0D && $0 != 0x0A }
            if String(decoding: head, as: UTF8.self).contains("8859/1"), error.kind != .nul {
                return bare.flatMap { Array(String(UnicodeScalar($0)).utf8) }
            }
            throw HL7Fault(
                line: error.line, "the text is damaged or in an encoding that is not known",
                remedy: "send UTF-8, and say so in MSH-18")
        }
    }
}

/// Puts segments together to messages and batches.
struct HL7FileBuilder {
    private var file = HL7File()
    private var batch: HL7File.Batch?

    /// Takes the next segment of the file.
    mutating func add(_ segment: HL7Segment) throws(HL7Fault) {
        switch segment.name {
        case "FHS":
            guard file == HL7File(), batch == nil else { throw misplaced(segment) }
            file.header = segment
        case "BHS":
            close()
            batch = HL7File.Batch(header: segment)
        case "MSH":
            if batch == nil { batch = HL7File.Batch() }
            batch?.messages.append(HL7Message([segment]))
        case "BTS":
            guard batch != nil else { throw misplaced(segment) }
            batch?.trailer = segment
            close()
        case "FTS":
            guard file.trailer == nil else { throw misplaced(segment) }
            close()
            file.trailer = segment
        default:
            guard let last = batch?.messages.indices.last, file.trailer == nil else {
                throw misplaced(segment)
            }
            batch?.messages[last].segments.append(segment)
        }
    }

    /// The whole file.
    consuming func finish() throws(HL7Fault) -> HL7File {
        close()
        guard !file.batches.isEmpty || file.header != nil else {
            throw HL7Fault(
                "there is no message in it", remedy: "send a file that begins with MSH, FHS or BHS")
        }
        return file
    }

    private mutating func close() {
        if let batch { file.batches.append(batch) }
        batch = nil
    }

    private func misplaced(_ segment: HL7Segment) -> HL7Fault {
        HL7Fault(
            line: segment.line == 0 ? nil : segment.line, place: segment.name,
            "\(segment.name) stands outside of a message",
            remedy: "begin the message with MSH, and end batches before FTS")
    }
}
