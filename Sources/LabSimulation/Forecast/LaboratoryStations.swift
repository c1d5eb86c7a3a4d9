/// What a laboratory has at each station.
package struct LaboratoryStations: Sendable, Equatable {
    package var reception: Int
    package var extraction: Int
    package var pcr: Int
    package var review: Int

    /// Servers at each station, at least one.
    package init(reception: Int, extraction: Int, pcr: Int, review: Int) {
        (self.reception, self.extraction) = (max(1, reception), max(1, extraction))
        (self.pcr, self.review) = (max(1, pcr), max(1, review))
    }

    /// The servers of the three stations that plates pass.
    subscript(stage: PlateStage) -> Int {
        get {
            switch stage {
            case .extraction: extraction
            case .pcr: pcr
            case .review: review
            }
        }
        set {
            switch stage {
            case .extraction: extraction = newValue
            case .pcr: pcr = newValue
            case .review: review = newValue
            }
        }
    }
}

/// A station that plates pass, in the order of their way.
package enum PlateStage: Int, CaseIterable, Sendable {
    case extraction
    case pcr
    case review

    /// The station after this one, or nil after the last.
    package var next: PlateStage? { PlateStage(rawValue: rawValue + 1) }
}

extension LoggedPlate {
    /// When the plate began at a station.
    package func start(_ stage: PlateStage) -> Double {
        switch stage {
        case .extraction: extraction
        case .pcr: pcr
        case .review: review
        }
    }

    /// When the plate is known to have left a station: it began at the next one, or was released.
    package func left(_ stage: PlateStage) -> Double {
        stage.next.map { start($0) } ?? released
    }
}

/// Who is served first among those of one priority.
package enum LineOrder: String, Sendable, CaseIterable {
    /// Whoever came first to this line.
    case firstCome = "first-come"
    /// Whose result is due first; plates are filled from those who wait when a machine is free,
    /// not before, so that who comes late with little time is not late.
    case earliestDeadline = "earliest-deadline"
}
