package import LabDomain
internal import LabSimulation
internal import LabStore

/// What is open, when it will be finished, and what would help: by plate and box.
package struct TurnaroundBoard: Codable, Sendable {
    /// How a line stands with its limit.
    package enum Status: String, CaseIterable, Codable, Sendable {
        case breached
        case willBreach = "will-breach"
        case atRisk = "at-risk"
        case onTime = "on-time"
    }

    /// Where a line's tubes are.
    package enum Stage: String, CaseIterable, Codable, Sendable {
        /// In the laboratory, on no plate.
        case noPlate = "no-plate"
        case extraction
        case pcr = "PCR"
        case review
    }

    /// Tubes of one box on one plate, or on none, that are due together.
    package struct Line: Codable, Sendable {
        package let box: BoxID
        package let unit: String
        package let plate: PlateID?
        package let tubes: Int
        package let isRetest: Bool
        package let received: Timestamp
        package let deadline: Timestamp
        /// Half of the futures are finished by then; four fifths between low and high.
        package let predicted: Timestamp
        package let low: Timestamp
        package let high: Timestamp
        /// From the predicted finish to the deadline; negative when it comes too late.
        package let slackMinutes: Int
        package let probability: Double
        package let status: Status
        package let stage: Stage
        package let reason: Wording
        package let move: Wording?
        /// The breaches that the move avoids, in the whole laboratory.
        package let avoided: Double?
        /// By how much it finishes the line's own tubes earlier, on average.
        package let earlierMinutes: Int?
        /// Why nothing that was tried helps a line that is late or may be; nil for others.
        package let noMove: Wording?
    }

    /// A move with the breaches that it avoids, and where 80 % of the futures lie.
    package struct Advice: Codable, Sendable {
        package let move: Wording
        package let avoided: Double
        package let low: Double
        package let high: Double
    }

    package let at: Timestamp
    /// The last fact that the board knows of.
    package let fact: Int
    package let tubes: Int
    package let expectedBreaches: Double
    /// Whether stage times come from this laboratory's own plates or from defaults.
    package let isLearned: Bool
    package let lines: [Line]
    package let moves: [Advice]
}

extension TurnaroundBoard {
    /// The lines by the place that their tubes have in common; those of some boxes, or all.
    func byPlace(in boxes: Set<BoxID>? = nil) -> [OpenPlace: Line] {
        let asked = boxes.map { boxes in lines.filter { boxes.contains($0.box) } } ?? lines
        return Dictionary(
            asked.map { line in
                (
                    OpenPlace(
                        box: line.box, plate: line.plate, isRetest: line.isRetest,
                        due: line.deadline), line
                )
            }
        ) { first, _ in first }
    }
}

extension TurnaroundBoard {
    /// The lines that are finished last.
    package struct Last {
        package var boxes: [BoxID: Line] = [:]
        package var plates: [PlateID: Line] = [:]
    }

    /// What is finished last of some boxes and of some plates.
    ///
    /// A city's board has thousands of lines: they are gone through once.
    package func last(of boxes: Set<BoxID>, on plates: Set<PlateID>) -> Last {
        var last = Last()
        for place in lines.indices {
            if boxes.contains(lines[place].box) {
                last.boxes.keepLast(lines[place], as: lines[place].box)
            }
            if let plate = lines[place].plate, plates.contains(plate) {
                last.plates.keepLast(lines[place], as: plate)
            }
        }
        return last
    }
}

extension Dictionary where Value == TurnaroundBoard.Line {
    fileprivate mutating func keepLast(_ line: Value, as key: Key) {
        if let known = self[key], known.predicted >= line.predicted { return }
        self[key] = line
    }
}

extension Laboratory {
    /// What a forecast says of some tubes; those that it does not know where they are now are
    /// missing.
    package func expected(
        _ tubes: [TubeID], by board: TurnaroundBoard, as handle: String
    ) throws -> [TubeID: TurnaroundBoard.Line] {
        let places = try look(.seeBoxes, as: handle) { try $0.openPlaces(of: tubes) }
        let lines = board.byPlace(in: Set(places.values.map(\.box)))
        return places.compactMapValues { lines[$0] }
    }

    /// When everything that is open will be finished; the least slack first.
    package func turnaroundBoard(
        _ plan: ForecastPlan, at now: Timestamp, for verb: Verb = .seeWork, as handle: String
    ) throws -> TurnaroundBoard {
        let (open, plates, fact) = try look(verb, as: handle) {
            try Self.openWork($0, at: now)
        }
        return LaboratoryNow(open, plates, plan, at: now).board(fact: fact)
    }

    private static func openWork(
        _ view: StoreView, at now: Timestamp
    ) throws -> ([OpenTubes], [PlateTimes], Int) {
        (
            try view.openTubes(), try view.plateTimes(since: now.advanced(by: .hours(-14 * 24))),
            try view.lastFact()
        )
    }
}
