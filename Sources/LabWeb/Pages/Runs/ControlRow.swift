internal import LabDomain
internal import LabOperations

/// A control well: what it must show, what it shows, and in what it failed.
struct ControlRow: Hashable, Sendable {
    struct Cell: Hashable, Sendable {
        let channel: String
        let text: String
        /// What the assay asks of it; nil where it asks nothing.
        let expected: String?
        /// In what it failed; nil where it held.
        let why: String?
        let isFailed: Bool
    }

    let well: String
    let kind: String
    let cells: [Cell]
    let isFailed: Bool
    let curve: CurvePicture?

    /// A control of a run.
    init(
        _ control: RunReport.Control, of report: RunReport, _ pictures: CurvePictures,
        _ words: Catalogue
    ) {
        well = control.well.description
        kind = words.word("control", control.kind)
        isFailed = !control.failures.isEmpty
        curve = pictures[control.well]
        cells = report.channels.map { channel in
            let failure = control.failures[channel]
            return Cell(
                channel: channel, text: cqText(control.cqs[channel]),
                expected: report.assay.flatMap {
                    Self.expected(of: channel, in: control.kind, by: $0, words)
                },
                why: failure.map { why in
                    why.map { words.word("controlFailure", $0) }
                        ?? words.say("controlFailure.rule")
                }, isFailed: failure != nil)
        }
    }

    /// What an assay asks of a channel in a control.
    private static func expected(
        of channel: String, in kind: ControlKind, by assay: Assay, _ words: Catalogue
    ) -> String? {
        let expectation = assay.expectation(of: kind)
        if channel == assay.internalControl?.name {
            return switch expectation.internalControl {
            case .present: words.say("run.expect.present")
            case .absent: words.say("run.expect.silent")
            case .any: nil
            }
        }
        if let window = expectation.windows.first(where: { $0.target == channel }) {
            return words.say(
                "run.expect.window", ["from": cqText(window.from), "to": cqText(window.to)])
        }
        if expectation.mustShow(channel),
            let target = assay.targets.first(where: { $0.name == channel })
        {
            return words.say("run.expect.shows", ["cq": cqText(target.positiveAtMost)])
        }
        return expectation.mustLack(channel) ? words.say("run.expect.silent") : nil
    }
}
