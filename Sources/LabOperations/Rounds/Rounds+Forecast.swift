extension Rounds {
    /// Forecasts when it is time to, and does what follows from it: alerts are checked, and now and
    /// then the forecast is stored (SERVE-2).
    package func lookAround() {
        attempt("forecast") {
            guard let board = try forecast.refresh(machine) else { return }
            if options.alerts {
                tell(
                    try laboratory.checkAlerts(machine(), risks: board.risks, as: Laboratory.itself)
                )
            }
            if let every = options.keepsEvery {
                try laboratory.keepForecast(board, atMostEvery: every, as: Laboratory.itself)
            }
        }
    }

    private func tell(_ check: AlertCheck) {
        guard !check.isQuiet else { return }
        log(
            "alerts: \(check.raised) raised, \(check.escalated) escalated, "
                + "\(check.changed) eased or closed")
    }
}
