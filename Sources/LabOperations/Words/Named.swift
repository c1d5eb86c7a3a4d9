package import LabDomain

/// A closed list of words that people read.
package protocol Named: RawRepresentable, CaseIterable where RawValue == String {
    /// What kind of words they are; a catalogue tells equal words of two lists apart by it.
    static var sense: String { get }
}

extension Named {
    /// The word, which catalogues translate.
    package var word: Wording { Wording(word: rawValue, of: Self.sense) }
}

extension Role: Named {
    package static let sense = "role"
}

extension Role.Limit: Named {
    package static let sense = "limit"
}

extension Verb: Named {
    package static let sense = "verb"
}

extension RiskClass: Named {
    package static let sense = "class"
}

extension DeskCause: Named {
    package static let sense = "cause"
}

extension DeskTubeState: Named {
    package static let sense = "filling"
}

extension DeskCloseReason: Named {
    package static let sense = "closing"
}

extension DeskEntryPassed.Reason: Named {
    package static let sense = "passed"
}

extension KitRole: Named {
    package static let sense = "kit"
}

extension TubeKind: Named {
    package static let sense = "tube"
}

extension TestedKind: Named {
    package static let sense = "tested"
}

extension Purpose: Named {
    package static let sense = "purpose"
}

extension Verdict: Named {
    package static let sense = "verdict"
}

extension VerdictReason: Named {
    package static let sense = "verdict reason"
}

extension Outcome: Named {
    package static let sense = "answer"
}

extension PoolState: Named {
    package static let sense = "pool"
}

extension RecollectionReason: Named {
    package static let sense = "recollection reason"
}

extension RecollectionOutcome: Named {
    package static let sense = "recollection"
}

extension ReceptionAct: Named {
    package static let sense = "reception"
}

extension SinglyReason: Named {
    package static let sense = "singly"
}

extension Moment: Named {
    package static let sense = "moment"
}

/// The clocks of the shipped programmes, whose names have translations.
package enum ShippedClock: String, Named {
    case feedback
    case positiveReport = "positive-report"
    case recollection

    package static let sense = "clock"
}

extension Wording {
    /// A clock by its name in the programme; a laboratory's own clock keeps the name it was given.
    package static func clock(_ name: String) -> Wording {
        Wording(word: name, of: ShippedClock.sense)
    }
}

extension MessageKind: Named {
    package static let sense = "message"
}

extension MessageState: Named {
    package static let sense = "outbox"
}

extension TurnaroundBoard.Stage: Named {
    package static let sense = "stage"
}

extension AlertKind: Named {
    package static let sense = "alert"
}
