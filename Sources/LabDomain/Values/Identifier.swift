/// The name of one kind of thing: a plate's identifier cannot be passed for a pool's.
///
/// Identifiers are content-derived (a barcode, a document, the command that made the thing), so
/// that a second writer would make the same ones.
package struct Identifier<Subject>: Hashable, Sendable {
    /// The identifier as it is stored, printed and scanned.
    package let text: String

    /// Takes a text that is known to be an identifier: read from the store or made by us.
    package init(_ text: String) {
        self.text = text
    }
}

extension Identifier: Comparable {
    package static func < (one: Self, other: Self) -> Bool { one.text < other.text }
}

extension Identifier: CustomStringConvertible {
    package var description: String { text }
}

extension Identifier: Codable {
    package init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// What identifiers name.
///
/// The cases-free types exist for the compiler only.
package enum Subject {
    /// A person whose specimens are tested.
    package enum Person {}
    /// A tube, named by its barcode.
    package enum Tube {}
    /// A laboratory pool.
    package enum Pool {}
    /// A plate.
    package enum Plate {}
    /// One pass of an instrument.
    package enum Run {}
    /// A test that is due.
    package enum Request {}
    /// A box of tubes, the unit of sending and receiving: a batch.
    package enum Box {}
    /// A list of tubes and people handed in as one file.
    package enum Manifest {}
    /// One filling of a tube at a sampling desk.
    package enum DeskTube {}
    /// People swabbed again.
    package enum Recollection {}
    /// Named work for a person that is not a test.
    package enum Task {}
    /// A message to the health authority.
    package enum Report {}
    /// One version of a report for one receiver; its identifier is MSH-10.
    package enum Message {}
    /// A change of a released answer.
    package enum Amendment {}
    /// Word to those on duty about a box, a rule or the clock.
    package enum Alert {}
    /// One message to one channel about some alerts.
    package enum AlertMessage {}
}

package typealias PersonID = Identifier<Subject.Person>
package typealias TubeID = Identifier<Subject.Tube>
package typealias PoolID = Identifier<Subject.Pool>
package typealias PlateID = Identifier<Subject.Plate>
package typealias RunID = Identifier<Subject.Run>
package typealias RequestID = Identifier<Subject.Request>
package typealias BoxID = Identifier<Subject.Box>
package typealias ManifestID = Identifier<Subject.Manifest>
package typealias RecollectionID = Identifier<Subject.Recollection>
package typealias TaskID = Identifier<Subject.Task>
package typealias DeskTubeID = Identifier<Subject.DeskTube>
package typealias ReportID = Identifier<Subject.Report>
package typealias MessageID = Identifier<Subject.Message>
package typealias AlertID = Identifier<Subject.Alert>
package typealias AlertMessageID = Identifier<Subject.AlertMessage>
package typealias AmendmentID = Identifier<Subject.Amendment>
