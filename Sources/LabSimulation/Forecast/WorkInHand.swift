/// Tubes that wait together: to be received, to be taken in at reception, or on an open plate.
package struct TubeGroup: Sendable, Equatable {
    package var count: Int
    /// The line it stands in is ordered by this: the time of coming, or the deadline.
    package var key: Double
    /// Singles of people who were called back; they are served before all pools.
    package var isUrgent: Bool
    /// Whether members of theirs may be called back.
    package var holdsPools: Bool
    /// When the first of them was taken in or came.
    package var since = 0.0

    /// A group.
    package init(count: Int, key: Double, isUrgent: Bool, since: Double = 0) {
        (self.count, self.key, self.isUrgent) = (count, key, isUrgent)
        (holdsPools, self.since) = (!isUrgent, since)
    }
}

/// A plate that is formed and not released.
package struct PlateInHand: Sendable, Equatable {
    package var wells: Int
    package var isUrgent: Bool
    /// Whether its wells are pools, whose members may be called back.
    package var holdsPools: Bool
    /// Its order in a line of earliest deadlines.
    package var deadline: Double
    package var place: Place
    /// What names it to the outside.
    package var number: Int32
    /// Whether it waits for nothing but the release of its results.
    package var isReviewed = false

    /// Where the plate is.
    package enum Place: Sendable, Equatable {
        /// It waits for extraction since then.
        case waiting(since: Double)
        /// It began at a station; whether it is still there or waits for the next is not known.
        case began(PlateStage, at: Double)
        /// It waits to begin at a station.
        case before(PlateStage, since: Double)
    }

    /// A plate.
    package init(
        wells: Int, isUrgent: Bool, holdsPools: Bool, deadline: Double, place: Place, number: Int32
    ) {
        (self.wells, self.isUrgent, self.holdsPools) = (wells, isUrgent, holdsPools)
        (self.deadline, self.place, self.number) = (deadline, place, number)
    }
}

/// The state of a laboratory at one moment: all that a forecast starts from.
package struct WorkInHand: Sendable, Equatable {
    package var now: Double
    /// Who waits at reception; groups do not straddle the plates that they will fill.
    package var reception: [TubeGroup] = []
    /// The samples on the open plates, and since when the first of them is there.
    package var onPools = (count: 0, since: 0.0)
    package var onSingles = (count: 0, since: 0.0)
    /// Who was taken in and is on no plate yet, where plates are filled when a machine is free.
    package var ready: [TubeGroup] = []
    package var plates: [PlateInHand] = []
    /// When each tube that is on its way was closed, ascending.
    package var onTheWay: [Double] = []
    /// When the positive pools were released whose members have not come back yet.
    package var calledBack: [(released: Double, members: Int)] = []
    /// Servers at each station that work, and how many are out of order.
    package var working: LaboratoryStations
    package var broken = [0, 0, 0]
    /// Whether what has no result is surely still at PCR: where runs are read in, not where only
    /// the start of each stage was written down.
    package var showsReads = false
    /// Minutes between receipt and deadline of what still comes.
    package var limit = 720.0

    /// An empty laboratory.
    package init(now: Double, stations: LaboratoryStations) {
        (self.now, working) = (now, stations)
    }

    package static func == (a: WorkInHand, b: WorkInHand) -> Bool {
        a.now == b.now && a.reception == b.reception && a.ready == b.ready && a.onPools == b.onPools
            && a.onSingles == b.onSingles && a.plates == b.plates && a.onTheWay == b.onTheWay
            && a.working == b.working && a.broken == b.broken && a.limit == b.limit
            && a.showsReads == b.showsReads
            && a.calledBack.elementsEqual(b.calledBack, by: ==)
    }
}
