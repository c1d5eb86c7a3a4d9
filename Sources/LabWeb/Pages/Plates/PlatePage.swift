internal import LabDomain
internal import LabOperations
internal import LabStore

/// One plate: its picture, its facts, and what can be done with it.
struct PlatePage: Hashable, Sendable {
    /// A name and a value.
    struct Fact: Hashable, Sendable {
        let name: String
        let value: String
    }

    let csrf: String
    let key: String
    let plate: String
    let path: String
    let state: String
    let tone: String
    let facts: [Fact]
    /// What somebody did with the plate since it was laid out.
    let news: String?
    let isAbandoned: Bool
    let isPrintable: Bool
    let labels: String
    let question: String
    let mayUndo: Bool
    let runPath: String?
    let mayRerun: Bool
    let mayFail: Bool
    let failed: [Failed]
    let links: [Link]
    let picture: PlatePicture

    /// A well that failed.
    struct Failed: Hashable, Sendable {
        let well: String
        let code: String
        let reason: String
    }

    /// Another plate that belongs to this one.
    struct Link: Hashable, Sendable {
        let word: String
        let plate: String
        let path: String
    }

    /// A plate; with its run, each well says what was read.
    init(_ sheet: PlateSheet, run: RunReport? = nil, for visit: Visit) {
        let words = visit.words
        csrf = visit.csrf
        key = visit.newKey()
        plate = sheet.plate.text
        path = "/plates/" + encoded(plate)
        state = words.say("plateState.\(sheet.line.state)")
        tone = Self.tone(sheet.line.state)
        isAbandoned = sheet.isAbandoned
        isPrintable = !sheet.isAbandoned
        mayUndo = sheet.isWaiting && visit.may(.abandonPlate)
        runPath =
            sheet.isWaiting && visit.may(.importRun) ? "/runs?plate=" + encoded(plate) : nil
        mayRerun = sheet.mayRerun && visit.may(.layOutPlate)
        mayFail = sheet.isWaiting && visit.may(.abandonPlate)
        failed = sheet.failed.map { well in
            Failed(
                well: well.position.description, code: well.of?.text ?? "",
                reason: well.failed.map {
                    words.say(
                        "plates.failedBy",
                        ["reason": well.reason, "who": $0.by, "time": visit.time($0.at)])
                } ?? words.say("plates.leftOut"))
        }
        links = Self.links(of: sheet, words)
        let pools = sheet.wells.count { $0.kind == .pool }
        labels = words.count("plates.labels", pools + 1)
        question = words.count("plates.undo.ask", sheet.line.samples, ["plate": plate])
        facts = Self.facts(of: sheet, for: visit)
        news = Self.news(of: sheet, for: visit)
        picture = PlatePicture(
            sheet, readings: run.map { RunPage.readings(of: $0, words) },
            by: sheet.line.state == "read" ? .verdict : .kind, words: words, at: visit.now)
    }

    /// The tag's class for a plate's state.
    static func tone(_ state: String) -> String {
        switch state {
        case "laid-out": "accent"
        case "read": "good"
        default: ""
        }
    }

    /// What somebody did with the plate: its run, or its end.
    static func news(of sheet: PlateSheet, for visit: Visit) -> String? {
        if let target = sheet.target {
            return visit.words.say("plates.news.combined", ["plate": target.text])
        }
        guard let ended = sheet.ended else { return nil }
        return visit.words.count(
            sheet.isAbandoned ? "plates.news.abandoned" : "plates.news.read",
            sheet.line.samples, ["who": ended.by, "time": visit.time(ended.at)])
    }

    private static func links(of sheet: PlateSheet, _ words: Catalogue) -> [Link] {
        let quadrants = zip(Quadrant.allCases, sheet.sources).map { quadrant, source in
            (words.say("plates.link.source", ["n": "\(quadrant.rawValue)"]), Optional(source))
        }
        let others = [
            (words.say("plates.link.target"), sheet.target),
            (words.say("plates.link.rerunOf"), sheet.rerunOf),
            (words.say("plates.link.rerun"), sheet.rerun),
        ]
        return (quadrants + others).compactMap { word, plate in
            plate.map { Link(word: word, plate: $0.text, path: "/plates/" + encoded($0.text)) }
        }
    }

    private static func facts(of sheet: PlateSheet, for visit: Visit) -> [Fact] {
        let words = visit.words
        let line = sheet.line
        let controls = sheet.wells.count - line.samples
        var facts = [
            ("assay", line.assay), ("kit", words.word("kit", line.kit)),
            ("format", words.say("plates.wells", ["n": "\(line.format.rawValue)"])),
            ("samples", "\(line.samples)"), ("controls", "\(controls)"),
        ]
        let again = sheet.wells.count { $0.purpose != nil && $0.purpose != .routine }
        if again > 0 { facts.append(("again", "\(again)")) }
        if let lot = sheet.lot { facts.append(("lot", lot)) }
        facts.append(
            (
                "laidOut",
                words.say(
                    "plates.byAt",
                    ["who": line.laidOut.by, "time": visit.time(line.laidOut.at)])
            ))
        if let due = line.dueAt {
            facts.append(("due", TimeLeft(words).words(visit.now.span(to: due))))
        }
        return facts.map { Fact(name: words.say("plates.fact.\($0.0)"), value: $0.1) }
    }
}
