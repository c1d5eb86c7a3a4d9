internal import LabDomain
internal import LabOperations

/// Tubes of one box that are at one place and due together, with their forecast.
struct ForecastRow: Hashable, Sendable {
    let id: String
    let rowClass: String
    let kind: String
    let sign: String
    let status: String
    let box: String
    let boxPath: String?
    let unit: String
    let plate: String?
    let platePath: String?
    let tubes: Int
    let isRetest: Bool
    let deadline: String
    let predicted: String
    let band: String
    let bar: ForecastBar
    let slack: String
    let stage: String
    let reason: String
    let move: String?
    let worth: String?
    /// Why nothing is advised: nothing that was tried helps, or nothing is needed.
    let noMove: String

    init(_ line: TurnaroundBoard.Line, _ axis: ForecastAxis, for visit: Visit) {
        let words = visit.words
        let plateText = line.plate?.text ?? ""
        id =
            "f-"
            + encoded(
                "\(line.box)-\(plateText)-\(line.isRetest ? "r" : "")\(line.deadline.milliseconds)")
        (rowClass, kind, sign) = (line.status.rowClass, line.status.kind, line.status.sign)
        status = words.word("board.forecast", line.status)
        box = line.box.text
        boxPath = visit.path(of: line.box)
        unit = line.unit
        plate = line.plate?.text
        platePath = line.plate.flatMap { visit.path(of: $0, isRead: line.stage == .review) }
        tubes = line.tubes
        isRetest = line.isRetest
        deadline = visit.time(line.deadline)
        let isForeseen = axis.foresees(line.predicted)
        predicted = isForeseen ? visit.time(line.predicted) : words.say("board.notForeseen")
        band =
            isForeseen
            ? words.say(
                "board.band", ["low": visit.time(line.low), "high": visit.time(line.high)]) : ""
        slack = isForeseen ? words.spared(.minutes(line.slackMinutes)) : ""
        bar = ForecastBar(
            line, axis,
            text: words.say(
                "board.forecastBar",
                ["finish": predicted, "band": band, "due": deadline, "slack": slack]))
        stage = words.word("board.stage", line.stage)
        reason = visit.site.say(line.reason, visit.language)
        move = line.move.map { visit.site.say($0, visit.language) }
        worth = Self.worth(line, words)
        noMove =
            line.noMove.map { visit.site.say($0, visit.language) } ?? words.say("board.noneNeeded")
    }

    /// The breaches that a move avoids, or by how much it is quicker where it avoids none.
    private static func worth(_ line: TurnaroundBoard.Line, _ words: Catalogue) -> String? {
        if let avoided = line.avoided, avoided >= 0.5 {
            return words.count("board.avoidsShort", Int(avoided.rounded()))
        }
        guard let earlier = line.earlierMinutes else { return nil }
        return earlier > 0
            ? words.say("board.earlier", ["time": words.roughly(.minutes(earlier))])
            : words.say("board.likelier")
    }
}

/// The time that the bars of a table share: from the forecast to the last that it shows.
struct ForecastAxis: Hashable, Sendable {
    /// Nobody reads a bar of more than a day.
    private static let longest: Int64 = 24 * 3_600_000
    /// What takes longer than this waits for something that the forecast does not know.
    private static let never: Int64 = 30 * 24 * 3_600_000

    let start: Timestamp
    let length: Int64

    init(_ lines: [TurnaroundBoard.Line], at start: Timestamp) {
        self.start = start
        let ends = lines.map { start.span(to: max($0.deadline, $0.high)).milliseconds }
        length = min(Self.longest, max(3_600_000, ends.max() ?? 0))
    }

    /// A place on the bar, in thousandths of its length.
    func place(_ instant: Timestamp) -> Int {
        Int(min(max(0, start.span(to: instant).milliseconds), length) * 1_000 / length)
    }

    /// Whether a finish is near enough to be meant.
    func foresees(_ finish: Timestamp) -> Bool {
        start.span(to: finish).milliseconds < Self.never
    }
}

/// A bar with the 80 % band, the predicted finish and the deadline.
struct ForecastBar: Hashable, Sendable {
    let low: Int
    let width: Int
    let finish: Int
    let due: Int
    let text: String

    init(_ line: TurnaroundBoard.Line, _ axis: ForecastAxis, text: String) {
        low = axis.place(line.low)
        width = max(4, axis.place(line.high) - low)
        finish = axis.place(line.predicted)
        due = axis.place(line.deadline)
        self.text = text
    }
}

/// When the last of some tubes is expected to be finished.
struct ExpectedFinish: Hashable, Sendable {
    let finish: String
    let band: String

    /// The latest of some lines; nil when there is none, or it is not foreseen.
    init?(_ lines: [TurnaroundBoard.Line]?, for visit: Visit) {
        guard let last = lines?.max(by: { $0.predicted < $1.predicted }),
            ForecastAxis([], at: visit.now).foresees(last.predicted)
        else { return nil }
        finish = visit.time(last.predicted)
        band = visit.words.say(
            "board.band", ["low": visit.time(last.low), "high": visit.time(last.high)])
    }
}
