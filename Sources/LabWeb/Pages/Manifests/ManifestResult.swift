internal import LabDomain
internal import LabOperations

/// What a check or a registration found, its faulty lines in place.
struct ManifestResult: Hashable, Sendable {
    struct Cell: Hashable, Sendable {
        let text: String
        let isFaulty: Bool
    }

    struct Line: Hashable, Sendable {
        let line: Int
        let cells: [Cell]
        let faults: [String]
    }

    let isGood: Bool
    let title: String
    let advice: String
    /// What is no fault and yet is to be looked at; nil for nothing.
    let warning: String?
    /// The page on which such a file is taken; nil for this one.
    let otherPath: String?
    let heading: [String]
    let lines: [Line]
    let hasLines: Bool
    let further: String

    /// So many faulty lines are shown; the file of faulty lines holds all.
    private static let most = 200

    /// A check that found what it found.
    init(_ check: ManifestCheck, of file: [UInt8], for visit: Visit) {
        let words = visit.words
        let places = check.faults.map { Refusal.Place($0) }
        let faulty = Set(check.faults.map(\.line)).count
        let whole = ["tubes": "\(check.tubes)", "people": "\(check.people)"]
        let title: String
        var advice = ""
        if let known = check.registered {
            title = words.say(
                "manifests.known",
                whole.merging([
                    "manifest": known.manifest.text, "by": known.by, "time": visit.time(known.at),
                ]) { $1 })
            advice = words.say("manifests.known.advice")
        } else if places.isEmpty {
            title = words.say("manifests.good", whole)
            advice = words.say("manifests.goodAdvice")
        } else {
            title = words.count("manifests.faulty", faulty)
            advice = words.say("manifests.faultyAdvice", whole)
        }
        let lines = check.newUnitLines
        self.init(
            isGood: places.isEmpty, title: title, advice: advice,
            warning: lines.isEmpty
                ? nil
                : words.count(
                    "manifests.newUnits", lines.count,
                    [
                        "lines": lines.prefix(20).map { "\($0)" }
                            .joined(separator: words.say("place.joint"))
                    ]),
            places: places, of: file, for: visit)
    }

    /// A file that is no manifest, told by its first bytes or its heading; nil when it may be one.
    init?(foreign file: [UInt8], for visit: Visit) {
        let words = visit.words
        if let foreign = ForeignFile(file) {
            self.init(
                isGood: false, title: words.word("runs.file", foreign),
                advice: words.say("manifests.foreign"), places: [], of: [], for: visit)
        } else if TableKind(file) == .run {
            self.init(
                isGood: false, title: words.say("manifests.isRun"),
                advice: words.say("manifests.isRun.advice"),
                otherPath: visit.leads(to: "/runs") ? "/runs" : nil, places: [], of: [], for: visit)
        } else {
            return nil
        }
    }

    /// A registration that was refused.
    init(_ refusal: Refusal, of file: [UInt8], for visit: Visit) {
        self.init(
            isGood: false, title: visit.site.say(refusal.message, visit.language),
            advice: visit.site.say(refusal.remedy, visit.language), places: refusal.places,
            of: file, for: visit)
    }

    private init(
        isGood: Bool, title: String, advice: String, warning: String? = nil,
        otherPath: String? = nil, places: [Refusal.Place], of file: [UInt8], for visit: Visit
    ) {
        let found = Laboratory.faultyLines(of: file, places: places, most: Self.most)
        self.isGood = isGood
        self.title = title
        self.advice = advice
        self.warning = warning
        self.otherPath = otherPath
        heading = found.heading
        lines = found.lines.map { line in
            let faulty = Set(line.places.compactMap(\.column))
            return Line(
                line: line.line,
                cells: line.cells.enumerated().map {
                    Cell(text: $0.element, isFaulty: faulty.contains($0.offset + 1))
                },
                faults: line.places.map { place in
                    let message = visit.site.say(place.message, visit.language)
                    let remedy = visit.site.say(place.remedy, visit.language)
                    return (place.subject.map { "\($0): " } ?? "") + message
                        + (remedy.isEmpty ? "" : " → \(remedy)")
                })
        }
        hasLines = !lines.isEmpty
        further = found.further > 0 ? visit.words.count("manifests.further", found.further) : ""
    }
}
