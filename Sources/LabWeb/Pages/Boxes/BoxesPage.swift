internal import LabDomain
internal import LabOperations
internal import LabStore

/// The boxes with their counts.
struct BoxesPage: Hashable, Sendable {
    struct Row: Hashable, Sendable {
        let box: String
        let unit: String
        let tubes: Int
        let received: Int
        let rejected: Int
        /// How the state is coloured: `good`, `warn` or none.
        let tone: String
        let state: String
        /// Where it is received; nil when the one who looks may not.
        let receivePath: String?
        let resultPath: String
    }

    /// A choice of boxes with its own address.
    struct Tab: Hashable, Sendable {
        let path: String
        let text: String
        let isHere: Bool
    }

    let tabs: [Tab]
    let none: String
    let rows: [Row]
    let isEmpty: Bool
    let pager: Pager

    init(_ part: Part<BoxSummary>, _ choice: BoxChoice, after: String, for visit: Visit) {
        func path(_ choice: BoxChoice) -> String {
            switch choice {
            case .incomplete: "/boxes"
            case .unclosed: "/boxes?unclosed=1"
            case .all: "/boxes?all=1"
            }
        }
        tabs = BoxChoice.allCases.map {
            Tab(
                path: path($0), text: visit.words.word("boxChoice", $0), isHere: $0 == choice)
        }
        none = visit.words.say("boxes.none.\(choice.rawValue)")
        rows = part.rows.map { box in
            Row(
                box: box.box.text, unit: box.unit, tubes: box.tubes, received: box.received,
                rejected: box.rejected,
                tone: Self.tone(of: box),
                state: Self.state(of: box, for: visit),
                receivePath: visit.may(.receiveBox)
                    ? "/reception/" + encoded(box.box.text) : nil,
                resultPath: "/results?box=" + encoded(box.box.text))
        }
        isEmpty = part.rows.isEmpty
        pager = Pager(part, on: path(choice), after: after)
    }

    /// A box on its way is no fault; one that came without all of its tubes is.
    private static func tone(of box: BoxSummary) -> String {
        if box.isAwaited { return "" }
        return box.missing > 0 ? "warn" : box.closedAt == nil ? "" : "good"
    }

    private static func state(of box: BoxSummary, for visit: Visit) -> String {
        if box.isAwaited { return visit.words.say("boxes.awaited") }
        if box.missing > 0 { return visit.words.count("boxes.lacks", box.missing) }
        guard let closedAt = box.closedAt else { return visit.words.say("boxes.unclosed") }
        return visit.words.say(
            "boxes.closed", ["time": visit.time(closedAt), "by": box.closedBy ?? ""])
    }
}

extension Site {
    var boxRoutes: [Route] {
        [
            .get("/boxes", .seeBoxes) { visit in
                let choice: BoxChoice =
                    visit.query["all"] != nil
                    ? .all : visit.query["unclosed"] != nil ? .unclosed : .incomplete
                let after = visit.query["after"] ?? ""
                let part = try visit.laboratory.boxes(
                    choice, after: after, as: visit.handle)
                return .page(
                    Page(
                        visit.words.say("boxes.title"), "boxes",
                        BoxesPage(part, choice, after: after, for: visit)))
            }
        ]
    }
}
