internal import LabDomain
internal import LabOperations
internal import LabStore

/// Manifests: handed in, checked in place, registered.
struct ManifestsPage: Hashable, Sendable {
    /// A registered one.
    struct Row: Hashable, Sendable {
        let manifest: String
        let time: String
        let by: String
        let tubes: Int
        let people: Int
        let left: String
    }

    let csrf: String
    let result: ManifestResult?
    let rows: [Row]
    let isEmpty: Bool
    let pager: Pager

    init(
        _ part: Part<StoredManifest>, after: String, result: ManifestResult? = nil,
        for visit: Visit
    ) {
        csrf = visit.csrf
        self.result = result
        rows = part.rows.map {
            Row(
                manifest: $0.id.text, time: visit.time($0.registeredAt), by: $0.registeredBy,
                tubes: $0.tubes, people: $0.people,
                left: $0.linesLeftOut == 0
                    ? "" : visit.words.count("manifests.leftOut", $0.linesLeftOut))
        }
        isEmpty = part.rows.isEmpty
        pager = Pager(part, on: "/manifests", after: after)
    }
}

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
    let heading: [String]
    let lines: [Line]
    let hasLines: Bool
    let further: String

    /// So many faulty lines are shown; the file of faulty lines holds all.
    private static let most = 200

    /// A check that found what it found.
    init(_ check: ManifestCheck, of file: [UInt8], for visit: Visit) {
        let places = check.faults.map { Refusal.Place($0) }
        let faulty = Set(check.faults.map(\.line)).count
        self.init(
            isGood: places.isEmpty,
            title: places.isEmpty
                ? visit.words.say(
                    "manifests.good", ["tubes": "\(check.tubes)", "people": "\(check.people)"])
                : visit.words.count("manifests.faulty", faulty),
            advice: places.isEmpty
                ? visit.words.say("manifests.goodAdvice")
                : visit.words.say(
                    "manifests.faultyAdvice",
                    ["tubes": "\(check.tubes)", "people": "\(check.people)"]),
            places: places, of: file, for: visit)
    }

    /// A registration that was refused.
    init(_ refusal: Refusal, of file: [UInt8], for visit: Visit) {
        self.init(
            isGood: false, title: visit.site.say(refusal.message, visit.language),
            advice: visit.site.say(refusal.remedy, visit.language), places: refusal.places,
            of: file, for: visit)
    }

    private init(
        isGood: Bool, title: String, advice: String, places: [Refusal.Place], of file: [UInt8],
        for visit: Visit
    ) {
        let found = Laboratory.faultyLines(of: file, places: places, most: Self.most)
        self.isGood = isGood
        self.title = title
        self.advice = advice
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
