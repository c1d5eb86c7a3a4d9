package import LabDomain
package import LabSimulation

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
        package let reason: String
        package let move: String?
    }

    /// A move with the breaches that it avoids, and where 80 % of the futures lie.
    package struct Advice: Codable, Sendable {
        package let move: String
        package let avoided: Double
        package let low: Double
        package let high: Double
    }

    package let at: Timestamp
    package let tubes: Int
    package let expectedBreaches: Double
    /// Whether stage times come from this laboratory's own plates or from defaults.
    package let isLearned: Bool
    package let lines: [Line]
    package let moves: [Advice]
}

/// What a forecast of the laboratory's present state is made with.
package struct ForecastPlan: Sendable {
    package var stations: LaboratoryStations
    package var order = LineOrder.firstCome
    package var futures = 100
    package var seed: UInt64 = 1
    /// Stations with a machine or pair of hands in reserve.
    package var reserve: [PlateStage] = []
    /// Minutes until another laboratory has the result of what is sent now; nil when there is none.
    package var elsewhere: Double?

    /// A plan for the machines that there are.
    package init(stations: LaboratoryStations) { self.stations = stations }
}

extension Laboratory {
    /// When everything that is open will be finished; the least slack first.
    package func turnaroundBoard(
        _ plan: ForecastPlan, at now: Timestamp, for verb: Verb = .seeWork, as handle: String
    ) throws -> TurnaroundBoard {
        let (open, plates) = try look(verb, as: handle) { view in
            (
                try view.openTubes(),
                try view.plateTimes(since: now.advanced(by: .hours(-14 * 24)))
            )
        }
        return LaboratoryNow(open, plates, plan, at: now).board
    }
}
