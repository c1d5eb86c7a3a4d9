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
        let isComplete: Bool
        let state: String
        /// Where it is received; nil when the one who looks may not.
        let receivePath: String?
    }

    let isAll: Bool
    let rows: [Row]
    let isEmpty: Bool
    let pager: Pager

    init(_ part: Part<BoxSummary>, isAll: Bool, after: String, for visit: Visit) {
        self.isAll = isAll
        rows = part.rows.map { box in
            Row(
                box: box.box.text, unit: box.unit, tubes: box.tubes, received: box.received,
                rejected: box.rejected, isComplete: box.missing == 0,
                state: box.missing == 0
                    ? visit.words.say("boxes.complete")
                    : visit.words.count("boxes.lacks", box.missing),
                receivePath: visit.may(.receiveBox)
                    ? "/reception/" + encoded(box.box.text) : nil)
        }
        isEmpty = part.rows.isEmpty
        pager = Pager(part, on: isAll ? "/boxes?all=1" : "/boxes", after: after)
    }
}

extension Site {
    var boxRoutes: [Route] {
        [
            .get("/boxes", .seeBoxes) { visit in
                let isAll = visit.query["all"] != nil
                let after = visit.query["after"] ?? ""
                let part = try visit.laboratory.boxes(
                    onlyIncomplete: !isAll, after: after, as: visit.handle)
                return .page(
                    Page(
                        visit.words.say("boxes.title"), "boxes",
                        BoxesPage(part, isAll: isAll, after: after, for: visit)))
            }
        ]
    }
}
