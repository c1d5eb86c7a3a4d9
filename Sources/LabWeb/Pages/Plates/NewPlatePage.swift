internal import LabDomain
internal import LabOperations
internal import LabStore
internal import Mustache

/// What the next plate would hold.
struct NewPlatePage: Hashable, Sendable {
    /// A choice among few, such as the kit or the format.
    struct Choice: Hashable, Sendable {
        let value: String
        let word: String
        let path: String
        let isChosen: Bool
    }

    /// One test that would be taken.
    struct Row: Hashable, Sendable {
        let number: Int
        let code: String
        let kind: String
        let purpose: String
        let isAgain: Bool
        /// The pool out of which it is retested; empty for none.
        let pool: String
        let left: String
        let urgency: String
    }

    let csrf: String
    let key: String
    let back: String
    let kits: [Choice]
    let formats: [Choice]
    let kit: String
    let format: String
    let room: Int
    let most: Int
    let seenAt: String
    let count: Int
    let summary: String
    let leftWaiting: String?
    let rows: [Row]
    let isEmpty: Bool
    /// Where the tests of the other kit are, when only they wait.
    let other: String?

    init(_ preview: PlatePreview, most: Int?, for visit: Visit) {
        let words = visit.words
        csrf = visit.csrf
        key = visit.newKey()
        kit = preview.kit.rawValue
        format = String(preview.format.rawValue)
        room = preview.room
        self.most = min(most ?? preview.room, preview.room)
        seenAt = String(visit.now.milliseconds)
        count = preview.taken.count
        back = "/plates/new?kit=\(kit)&format=\(format)&most=\(self.most)"
        kits = preview.waiting.map { kit in
            Choice(
                value: kit.kit.rawValue,
                word: "\(words.word("kit", kit.kit)) (\(kit.all))",
                path: "/plates/new?kit=\(kit.kit.rawValue)", isChosen: kit.kit == preview.kit)
        }
        formats = PlateFormat.allCases.map {
            Choice(
                value: String($0.rawValue),
                word: words.say("plates.wells", ["n": "\($0.rawValue)"]),
                path: "", isChosen: $0 == preview.format)
        }
        summary = Self.summary(of: preview, words)
        leftWaiting =
            preview.leftWaiting > 0
            ? words.count("plates.leftWaiting", preview.leftWaiting) : nil
        let left = TimeLeft(words)
        rows = preview.taken.enumerated().map { index, test in
            let span = test.dueAt.map { visit.now.span(to: $0) }
            return Row(
                number: index + 1, code: test.of.text, kind: words.word("testedKind", test.kind),
                purpose: words.word("purpose", test.purpose), isAgain: test.purpose != .routine,
                pool: test.purpose == .routine ? "" : test.pool?.text ?? "",
                left: span.map(left.words) ?? "–",
                urgency: span.map { TimeLeft.Urgency($0).row } ?? "")
        }
        isEmpty = preview.taken.isEmpty
        other = preview.waiting.first { $0.kit != preview.kit && $0.all > 0 }.map {
            words.count(
                "plates.otherWaits", $0.all, ["kit": words.word("kit", $0.kit)])
        }
    }

    /// The preview in one line: `3 retests, 40 laboratory pools, 12 mixed tubes`.
    private static func summary(of preview: PlatePreview, _ words: Catalogue) -> String {
        let again = Purpose.allCases.filter { $0 != .routine }.map { purpose in
            ("plates.count.\(purpose.rawValue)", preview.taken.count { $0.purpose == purpose })
        }
        let kinds = [TestedKind.pool, .mixed, .single, .environmental].map { kind in
            (
                "plates.count.\(kind.rawValue)",
                preview.taken.count { $0.purpose == .routine && $0.kind == kind }
            )
        }
        return (again + kinds).filter { $0.1 > 0 }.map { words.count($0.0, $0.1) }
            .joined(separator: words.say("place.joint"))
    }
}

extension NewPlatePage.Row: MustacheParent {
    func child(named name: String) -> Any? {
        switch name {
        case "number": number
        case "code": code
        case "kind": kind
        case "purpose": purpose
        case "isAgain": isAgain
        case "pool": pool
        case "left": left
        case "urgency": urgency
        default: nil
        }
    }
}
