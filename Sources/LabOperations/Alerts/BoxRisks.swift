package import LabDomain

extension TurnaroundBoard {
    /// The danger in which each box is, by its most endangered tubes; what is late already is no
    /// danger any more.
    package var risks: [BoxRisk] {
        let inTime = lines.filter { $0.status != .breached }
        return Dictionary(grouping: inTime, by: \.box).compactMap { box, lines -> BoxRisk? in
            guard let worst = lines.max(by: { $0.probability < $1.probability }) else { return nil }
            let bar = min(worst.probability, ForecastWatch.badChance)
            return BoxRisk(
                box: box, unit: worst.unit, chance: worst.probability,
                tubes: lines.filter { $0.probability >= bar }.reduce(0) { $0 + $1.tubes },
                dueAt: worst.deadline, predictedAt: worst.predicted)
        }.sorted { $0.box < $1.box }
    }
}

extension Laboratory {
    /// What a forecast of the present state says of each box; seen by whoever checks alerts.
    package func forecastRisks(
        _ plan: ForecastPlan, at now: Timestamp, as handle: String
    ) throws -> [BoxRisk] {
        try turnaroundBoard(plan, at: now, for: .checkAlerts, as: handle).risks
    }
}
