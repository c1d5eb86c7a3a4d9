internal import LabTables

/// A file of messages: one message, several, or batches between FHS and FTS.
package struct HL7File: Hashable, Sendable {
    /// Messages between BHS and BTS, or messages without either.
    package struct Batch: Hashable, Sendable {
        /// BHS, where there is one.
        package var header: HL7Segment?
        /// The messages in their order.
        package var messages: [HL7Message] = []
        /// BTS, where there is one; BTS-1 counts the messages.
        package var trailer: HL7Segment?

        /// A batch; without header and trailer it is a mere row of messages.
        package init(
            header: HL7Segment? = nil, messages: [HL7Message] = [], trailer: HL7Segment? = nil
        ) {
            self.header = header
            self.messages = messages
            self.trailer = trailer
        }
    }

    /// FHS, where there is one.
    package var header: HL7Segment?
    /// The batches in their order; a file of messages alone has one.
    package var batches: [Batch] = []
    /// FTS, where there is one; FTS-1 counts the batches.
    package var trailer: HL7Segment?

    /// A file of batches.
    package init(
        header: HL7Segment? = nil, batches: [Batch] = [], trailer: HL7Segment? = nil
    ) {
        self.header = header
        self.batches = batches
        self.trailer = trailer
    }

    /// One batch of messages in a file of its own, with true counts (BTS-1, FTS-1).
    ///
    /// Sender and receiver are those of the first message, the time is that of the latest one
    /// (MSH-7), so that the same messages give the same bytes.
    /// - Parameters:
    ///   - messages: The messages in their order.
    ///   - id: The number of the batch (BHS-11) and of the file (FHS-11).
    package init(batch messages: [HL7Message], id: String) {
        let first = messages.first?.header ?? HL7Segment("MSH")
        let latest = messages.map { $0.header.text(7) }.max() ?? ""
        func header(_ name: String) -> HL7Segment {
            var segment = HL7Segment(name, Array(first.fields.prefix(6)))
            segment[7] = HL7Field(HL7Value(latest))
            segment[11] = HL7Field(HL7Value(id))
            return segment
        }
        func trailer(_ name: String, _ count: Int) -> HL7Segment {
            HL7Segment(name, [HL7Field(HL7Value("\(count)"))])
        }
        self.init(
            header: header("FHS"),
            batches: [
                Batch(
                    header: header("BHS"), messages: messages,
                    trailer: trailer("BTS", messages.count))
            ], trailer: trailer("FTS", 1))
    }

    /// All messages in their order.
    package var messages: [HL7Message] { batches.flatMap(\.messages) }

    /// The message of a file that is nothing else.
    package var onlyMessage: HL7Message? {
        let isBare = header == nil && trailer == nil && batches.count == 1
        guard isBare, let batch = batches.first, batch.header == nil, batch.trailer == nil,
            batch.messages.count == 1
        else { return nil }
        return batch.messages[0]
    }

    /// Trailers that are missing or say another count than there is.
    package var faults: [HL7Fault] {
        var faults: [HL7Fault] = []
        for batch in batches {
            faults += Self.faults(
                header: batch.header, trailer: batch.trailer, "BTS", count: batch.messages.count)
        }
        faults += Self.faults(
            header: header, trailer: trailer, "FTS",
            count: batches.filter { $0.header != nil || !$0.messages.isEmpty }.count)
        return faults
    }

    private static func faults(
        header: HL7Segment?, trailer: HL7Segment?, _ name: String, count: Int
    ) -> [HL7Fault] {
        guard let trailer else {
            guard let header else { return [] }
            return [
                HL7Fault(
                    line: header.line == 0 ? nil : header.line, place: header.name,
                    "\(header.name) is never closed by \(name)",
                    remedy: "ask for the whole file; its end may have been cut off")
            ]
        }
        let said = trailer.text(1)
        if said.isEmpty || Int(said) == count { return [] }
        return [
            HL7Fault(
                line: trailer.line == 0 ? nil : trailer.line, place: "\(name)-1",
                "\(name)-1 does not say the true count, \(count)",
                remedy: "ask the sender whether messages are missing")
        ]
    }
}
