internal import Foundation
internal import LabDomain
internal import LabOperations

/// What the page's queue sends: scans, rejections and undoings in their order.
struct ScanRequest: Decodable, Sendable {
    struct Entry: Decodable, Sendable {
        enum Kind: String, Decodable, Sendable {
            case scan
            case reject
            case undo
        }

        /// The idempotency key that the page gave it.
        let id: String
        let kind: Kind
        let code: String
        let box: String?
        let reason: String?
    }

    static let most = 50

    let entries: [Entry]

    /// Reads a request; nil when it is no such thing.
    init?(_ body: [UInt8]) {
        guard let read = try? JSONDecoder().decode(Self.self, from: Data(body)),
            read.entries.count <= Self.most,
            read.entries.allSatisfy({ (8...64).contains($0.id.utf8.count) })
        else { return nil }
        self = read
    }
}

/// The answer to one of them, already worded.
struct ScanAnswer: Hashable, Sendable, Encodable {
    /// How the page shows it, and with which sound.
    enum Kind: String, Hashable, Sendable, Encodable {
        case good
        case again
        case warn
        case bad
        case undone
    }

    let id: String
    let kind: Kind
    let title: String
    let message: String
    /// The tube's state afterwards, where it is known.
    var state: String?
    var tube: String?
    /// What the page tells when the tube is scanned again.
    var detail: String?
    /// The box to open: the code was a box's, or a tube's while no box was open.
    var opens: String?
}

extension Visit {
    /// Does what one entry asks and answers in the visit's language; a refusal is an answer too.
    func answer(_ entry: ScanRequest.Entry) async throws -> ScanAnswer {
        do {
            switch entry.kind {
            case .scan: return try await receive(entry)
            case .reject: return try await reject(entry)
            case .undo: return try await undo(entry)
            }
        } catch let refusal as Refusal {
            return try await refused(entry, refusal)
        }
    }

    private func receive(_ entry: ScanRequest.Entry) async throws -> ScanAnswer {
        let answer = try await perform(ReceiveTube(scan: entry.code, box: entry.box), entry)
        return ScanAnswer(
            id: entry.id, kind: .good, title: words.say("scan.received"),
            message: words.say(
                "scan.count",
                ["n": "\(answer.expected - answer.missing)", "of": "\(answer.expected)"]),
            state: TubeState.received.rawValue, tube: answer.tube.text,
            detail: words.say("scan.receivedAt", ["time": time(now), "by": handle]),
            opens: entry.box == nil ? answer.box.text : nil)
    }

    private func reject(_ entry: ScanRequest.Entry) async throws -> ScanAnswer {
        guard let reason = RejectReason(rawValue: entry.reason ?? "") else {
            throw Refusal(
                .badData, "A rejection needs its reason.",
                remedy: "Scan one of the reasons on the sheet of commands.")
        }
        let answer = try await perform(RejectTube(scan: entry.code, reason: reason), entry)
        let what = words.word("rejectReason", reason)
        return ScanAnswer(
            id: entry.id, kind: .bad, title: words.say("scan.rejected"),
            message: [what, words.count("scan.calledBack", answer.recollections.count)]
                .joined(separator: words.say("place.joint")),
            state: TubeState.rejected.rawValue, tube: answer.tube.text, detail: what)
    }

    private func undo(_ entry: ScanRequest.Entry) async throws -> ScanAnswer {
        let answer = try await perform(UndoScan(tube: entry.code), entry)
        return ScanAnswer(
            id: entry.id, kind: .undone, title: words.say("scan.undone"),
            message: words.word("tubeState", answer.state), state: answer.state.rawValue,
            tube: answer.tube.text)
    }

    /// A refusal with its cause told apart; a box's code opens the box.
    private func refused(_ entry: ScanRequest.Entry, _ refusal: Refusal) async throws -> ScanAnswer
    {
        let cause = refusal.places.first?.code ?? refusal.code.rawValue
        if entry.kind == .scan, cause.hasPrefix("barcode-") || cause == "unknown",
            try await isBox(entry.code)
        {
            return ScanAnswer(
                id: entry.id, kind: .good, title: words.say("scan.box"), message: "",
                opens: normalised(entry.code))
        }
        let key = "scan.cause.\(cause)"
        let kind: ScanAnswer.Kind =
            switch cause {
            case "already-received": .again
            case "rejected", "other-box": .bad
            default: .warn
            }
        return ScanAnswer(
            id: entry.id, kind: kind,
            title: words.text(key) ?? words.say("scan.refused"),
            message: [refusal.places.first?.message ?? refusal.message, refusal.remedy]
                .map { site.say($0, language) }.joined(separator: " "),
            state: cause == "already-received"
                ? TubeState.received.rawValue
                : cause == "rejected" ? TubeState.rejected.rawValue : nil)
    }

    private func isBox(_ code: String) async throws -> Bool {
        try await aside { try laboratory.box(code, as: handle) != nil }
    }

    private func perform<Asked: Command>(
        _ command: Asked, _ entry: ScanRequest.Entry
    ) async throws -> Asked.Answer {
        try await laboratory.performTogether(
            command, as: handle, key: "scan:\(handle):\(entry.id)", at: now
        ).answer
    }
}
