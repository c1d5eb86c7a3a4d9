internal import LabDomain
internal import LabStore

extension Work {
    /// Why a scanned tube cannot be received now, as a place; nil when it can (ACC-1).
    ///
    /// A tube that no manifest names is not `known`; without a `box` it may come out of any.
    func refusal(
        of tube: TubeID, known: ExpectedTube?, scan: Int?, from box: BoxID?
    ) throws -> Refusal.Place? {
        do throws(ReceptionFault) {
            guard let known else { throw .unknown }
            try known.admit(from: box ?? known.box)
            return nil
        } catch {
            return Refusal.Place(
                line: scan, subject: tube.text, code: error.code,
                message: try message(of: error, about: tube, in: known?.box),
                remedy: error.remedy)
        }
    }

    /// Puts tubes down as received out of one box: their first tests are due and their clocks run.
    func receive(_ tubes: [TubeID], from box: BoxID) throws {
        for tube in tubes {
            // A receipt that was taken back has left a withdrawn test behind.
            let ordinal = try transaction.tests(of: .tube(tube)) + 1
            try transaction.append([
                .tubeReceived(TubeReceived(tube: tube, box: box)),
                .requestOpened(
                    RequestOpened(
                        request: RequestID("\(tube.text)/\(ordinal)"), of: .tube(tube),
                        ordinal: ordinal, purpose: .routine, kit: .first, cause: nil)),
            ])
        }
        try reached(.received, tubes.map { (.tube($0), box) })
    }

    private func message(
        of fault: ReceptionFault, about tube: TubeID, in box: BoxID?
    ) throws -> Wording {
        let zone = rules.settings.zone
        switch fault {
        case .unknown: return "No manifest names this tube."
        case .alreadyReceived(let at, let by):
            let time = zone.minuteText(at)
            return box.map { "Received already at \(time) by \(by), out of the box \($0)." }
                ?? "Received already at \(time) by \(by)."
        case .rejected(let reason):
            guard let step = try transaction.receptionSteps(of: tube).last else {
                return "Rejected before: \(reason.meaning)."
            }
            return "Rejected at \(zone.minuteText(step.at)) by \(step.by): \(reason.meaning)."
        case .otherBox(let box): return "The tube belongs to the box \(box)."
        }
    }
}

extension ReceptionFault {
    var code: String {
        switch self {
        case .unknown: "unknown"
        case .alreadyReceived: "already-received"
        case .rejected: "rejected"
        case .otherBox: "other-box"
        }
    }

    var remedy: Wording {
        switch self {
        case .unknown: "Put it aside and ask the sending unit for its manifest."
        case .alreadyReceived: "Nothing is to be done, unless two tubes bear one code."
        case .rejected: "Keep it with the rejected tubes; its people are called back."
        case .otherBox: "Receive it with its own box."
        }
    }
}
