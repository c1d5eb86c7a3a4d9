internal import Foundation
internal import LabDomain
internal import LabOperations

/// The reception: one field, one answer, one counter.
struct ReceptionPage: Hashable, Sendable {
    /// A reason to reject, as a button.
    struct Reason: Hashable, Sendable {
        let code: String
        let text: String
    }

    /// A box that waits.
    struct Waiting: Hashable, Sendable {
        let path: String
        let box: String
    }

    let csrf: String
    let key: String
    let reasons: [Reason]
    let waiting: [Waiting]
    let isNothingWaiting: Bool
    /// Boxes whose tubes are all here and were not counted.
    let toClose: [Waiting]
    let isSomethingToClose: Bool
    let isOpen: Bool
    /// What the page's script works with, as JSON.
    let data: String
}

/// A box as the page's script knows it.
struct BoxData: Hashable, Sendable, Encodable {
    struct Tube: Hashable, Sendable, Encodable {
        let code: String
        let state: String
        let detail: String
    }

    let box: String
    let unit: String
    let tubes: [Tube]

    init(_ open: OpenBox, for visit: Visit) {
        box = open.summary.box.text
        unit = open.summary.unit
        tubes = open.tubes.map { tube in
            let detail: String =
                if let reason = tube.rejected {
                    visit.words.word("rejectReason", reason)
                } else if let at = tube.receivedAt {
                    visit.words.say(
                        "scan.receivedAt",
                        ["time": visit.time(at), "by": tube.receivedBy ?? ""])
                } else { "" }
            return Tube(
                code: tube.tube.text,
                state: (tube.state == .resolved ? .received : tube.state).rawValue, detail: detail)
        }
    }
}

extension ReceptionPage {
    /// What the page's script works with.
    private struct Script: Encodable {
        let handle: String
        let locale: String
        /// The laboratory's zone, in minutes east of Greenwich.
        let zone: Int
        let box: BoxData?
        let boxes: [String]
        let commands: [String: Command]
        let reasons: [String: String]

        struct Command: Encodable {
            let kind: String
            let reason: String?
        }
    }

    init(_ open: OpenBox?, waiting boxes: [BoxID], toClose: [BoxID], for visit: Visit) {
        csrf = visit.csrf
        key = visit.newKey()
        let words = RejectReason.allCases.map {
            Reason(code: $0.rawValue, text: visit.words.word("rejectReason", $0))
        }
        reasons = words
        func links(_ boxes: [BoxID]) -> [Waiting] {
            boxes.prefix(30).map {
                Waiting(path: "/reception/" + encoded($0.text), box: $0.text)
            }
        }
        waiting = links(boxes)
        isNothingWaiting = boxes.isEmpty
        self.toClose = links(toClose)
        isSomethingToClose = !toClose.isEmpty
        isOpen = open != nil
        let commands = Dictionary(
            uniqueKeysWithValues: CommandCode.allCases.map { command in
                switch command {
                case .undo: (command.code, Script.Command(kind: "undo", reason: nil))
                case .next: (command.code, Script.Command(kind: "next", reason: nil))
                case .close: (command.code, Script.Command(kind: "close", reason: nil))
                case .reject(let reason):
                    (command.code, Script.Command(kind: "reject", reason: reason.rawValue))
                }
            })
        data = scriptData(
            Script(
                handle: visit.handle, locale: visit.language == .english ? "en-GB" : "zh-CN",
                zone: visit.site.zone.minutesEast,
                box: open.map { BoxData($0, for: visit) }, boxes: (boxes + toClose).map(\.text),
                commands: commands,
                reasons: Dictionary(uniqueKeysWithValues: words.map { ($0.code, $0.text) })))
    }
}

/// Data for a script as JSON inside a page: no `<` may end the element.
func scriptData(_ value: some Encodable) -> String {
    String(decoding: jsonBytes(value), as: UTF8.self)
        .replacingOccurrences(of: "<", with: "\\u003c")
}

/// A value as JSON.
func jsonBytes(_ value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Only numbers that JSON cannot write would fail here, and no page holds one.
    guard let data = try? encoder.encode(value) else { return Array("null".utf8) }
    return [UInt8](data)
}
