package import LabDomain
internal import LabStore
internal import LabTables

/// What a sending unit is told of one person or place.
package struct FeedbackRow: Codable, Hashable, Sendable {
    /// How far it is.
    package enum State: String, CaseIterable, Codable, Hashable, Sendable {
        /// There is a released result.
        case result
        /// The person is to be swabbed again.
        case calledBack = "called-back"
        /// The tube could not be tested.
        case rejected
        /// Nothing can be said yet.
        case waiting
    }

    package let tube: TubeID
    package let kind: TubeKind
    package let box: BoxID
    /// The person's name, or the place of a swab of the environment.
    package let name: String
    /// The document's number with nothing but its last four characters; empty for a place.
    package let document: String
    package let collectedAt: Timestamp
    package let receivedAt: Timestamp?
    /// By when it is answered at the latest; nil unless it waits.
    package let dueAt: Timestamp?
    package let releasedAt: Timestamp?
    package let state: State
    /// The result; nil unless there is one.
    package let outcome: Outcome?
}

/// The results of one sending unit.
package struct UnitFeedback: Codable, Sendable {
    package let unit: String
    package let laboratory: String
    /// The day on which the swabs were taken; nil for all of them.
    package let day: CalendarDay?
    package let madeAt: Timestamp
    package let zone: Zone
    package let rows: [FeedbackRow]

    /// How many are in a state.
    package func count(of state: FeedbackRow.State) -> Int { rows.count { $0.state == state } }
}

extension Laboratory {
    /// The results of a sending unit's people and places, by barcode.
    ///
    /// Whoever works for a unit gets that unit's and no other (ACT-4); a name of another is
    /// answered as if nobody knew it. Results stand there from their release; before it, or where
    /// people come again, the file says so.
    ///
    /// The unit is named as manifests do, nil for the asker's own; the day is that of the swabs in
    /// the laboratory's zone, nil for all.
    package func feedback(
        of unit: String?, on day: CalendarDay?, as handle: String, at now: Timestamp
    ) throws -> UnitFeedback {
        let settings = try rules().settings
        let (name, specimens) = try look(.feedbackFile, as: handle) { view, member in
            let own = try member.place().unit
            let name = try Self.unit(unit, of: own)
            let specimens = try view.feedback(
                of: name, from: day.map { settings.zone.start(of: $0) },
                until: day.map { settings.zone.start(of: $0.next) })
            guard try !specimens.isEmpty || own != nil || view.knows(unit: name) else {
                throw Self.unknownUnit
            }
            return (name, specimens)
        }
        return UnitFeedback(
            unit: name, laboratory: settings.name, day: day, madeAt: now, zone: settings.zone,
            rows: try specimens.map { try FeedbackRow($0, opening: vault) })
    }

    private static func unit(_ asked: String?, of own: String?) throws(Refusal) -> String {
        switch (asked, own) {
        case (nil, let own?): return own
        case (let asked?, nil): return asked
        case (let asked?, let own?) where asked == own: return own
        case (nil, nil):
            throw Refusal(
                .badData, "No sending unit is named.", remedy: "Name it as manifests do.")
        default: throw unknownUnit
        }
    }

    private static var unknownUnit: Refusal {
        Refusal(
            .unknown, "No tube of a sending unit of this name is known.",
            remedy: "Name it as manifests do.")
    }
}

extension FeedbackRow {
    init(_ specimen: FeedbackSpecimen, opening vault: IdentityVault) throws {
        tube = specimen.tube
        kind = specimen.kind
        box = specimen.box
        if let (person, details) = specimen.person {
            let known = try vault.open(details, of: person)
            name = known.name
            document = CertificateHolder.masked(known.document.number)
        } else {
            name = specimen.place
            document = ""
        }
        collectedAt = specimen.collectedAt
        receivedAt = specimen.receivedAt
        releasedAt = specimen.releasedAt
        outcome = specimen.outcome
        state =
            if specimen.outcome != nil {
                .result
            } else if specimen.isCalledBack {
                .calledBack
            } else {
                specimen.isRejected ? .rejected : .waiting
            }
        dueAt = state == .waiting ? specimen.dueAt : nil
    }
}

/// A feedback as a table, in the words of a language.
package struct FeedbackTable: Sendable {
    private let sentences: Sentences
    private let zone: Zone

    private static let columns: [Wording] = [
        "tube's barcode", "box of the tube", "name or place", "document number",
        "time of collection", "time of receipt", "expected by", "time of report", "test result",
        "what it means",
    ]

    /// A table in a language; times are shown in a zone.
    /// - Throws: when the program's resource folder is not beside it.
    package init(_ language: Language, zone: Zone) throws {
        sentences = try Sentences(language)
        self.zone = zone
    }

    /// The headings of the columns.
    package var headings: [String] { Self.columns.map(sentences.say) }

    /// The cells of a row, in the order of the headings.
    package func cells(of row: FeedbackRow) -> [String] {
        func time(_ instant: Timestamp?) -> String { instant.map(zone.minuteText) ?? "" }
        return [
            row.tube.text, row.box.text, row.name, row.document, time(row.collectedAt),
            time(row.receivedAt), time(row.dueAt), time(row.releasedAt),
            row.outcome.map { sentences.say($0.told) } ?? "",
            sentences.say(row.note),
        ]
    }

    /// The table as CSV for a spreadsheet: marked as UTF-8, and with no cell that it would run.
    package func csv(_ feedback: UnitFeedback) -> [UInt8] {
        var writer = DelimitedWriter(guardsFormulas: true, isMarked: true)
        writer.row(headings)
        for row in feedback.rows { writer.row(cells(of: row)) }
        return writer.bytes
    }
}

extension Outcome {
    /// A result as those who asked for it read it.
    fileprivate var told: Wording {
        switch self {
        case .detected: "detected (positive)"
        case .notDetected: "not detected (negative)"
        }
    }
}

extension FeedbackRow {
    /// What a row needs said beside its result; nothing where that says all.
    fileprivate var note: Wording {
        switch (state, kind) {
        case (.result, .single): ""
        case (.result, .mixed): "tested in a mixed tube"
        case (.result, .environmental): "swab of the environment"
        case (.calledBack, _): "to be swabbed again"
        case (.rejected, _): "the tube could not be tested"
        case (.waiting, _): "no result yet"
        }
    }
}
