internal import LabDomain
internal import LabProgramme
package import LabSimulation

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

    /// The same plan with other machines or pairs of hands where they are named.
    package func with(
        reception: Int?, extraction: Int?, pcr: Int?, review: Int?
    ) -> ForecastPlan {
        var plan = self
        plan.stations = LaboratoryStations(
            reception: reception ?? stations.reception,
            extraction: extraction ?? stations.extraction, pcr: pcr ?? stations.pcr,
            review: review ?? stations.review)
        return plan
    }

    /// A plan for what the settings name.
    init(_ settings: StationSettings) {
        self.init(
            stations: LaboratoryStations(
                reception: settings.reception, extraction: settings.extraction, pcr: settings.pcr,
                review: settings.review))
        order =
            switch settings.order {
            case .firstCome: .firstCome
            case .earliestDeadline: .earliestDeadline
            }
        reserve = settings.reserve.map {
            switch $0 {
            case .extraction: .extraction
            case .pcr: .pcr
            case .review: .review
            }
        }
        elsewhere = settings.elsewhere.map { Double($0.milliseconds) / 60_000 }
    }
}

extension Laboratory {
    /// The plan that the laboratory's settings make.
    package func forecastPlan() throws -> ForecastPlan {
        ForecastPlan(try rules().settings.stations)
    }
}
