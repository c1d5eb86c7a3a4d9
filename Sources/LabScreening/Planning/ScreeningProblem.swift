/// What a plan decides about: who is sampled how, which laboratory tests them, with what.
///
/// Everything is counted in expected numbers and hours from the start; chance comes in later,
/// by simulation. Tubes are counted in plates' worth inside the laboratories.
package struct ScreeningProblem: Sendable {
    /// Hours from the start until the laboratories are empty; flows are counted up to here.
    package var hours: Int
    /// Hours from the receipt of a tube to the last result of its members.
    package var window: Double
    /// Hours from the start until the last result.
    package var resultsWithin: Double
    package var districts: [District]
    package var laboratories: [Laboratory]

    /// The whole question.
    package init(
        hours: Int, window: Double, resultsWithin: Double = .infinity, districts: [District],
        laboratories: [Laboratory]
    ) {
        self.hours = hours
        self.window = window
        self.resultsWithin = resultsWithin
        self.districts = districts
        self.laboratories = laboratories
    }

    /// One way of collecting in a district: so many sites with so many lines, one tube ratio.
    package struct Mode: Sendable {
        package var name: String
        package var sites: Int
        package var lines: Int
        /// What it costs when the whole district is collected so.
        package var cost: Double
        /// Tubes that couriers take over, in each hour.
        package var tubes: [Double]
        /// The share of tubes that are positive.
        package var positiveShare: Double
        /// Single samples that follow a positive tube.
        package var singles: Double

        /// A way of collecting.
        package init(
            name: String, sites: Int, lines: Int, cost: Double, tubes: [Double],
            positiveShare: Double, singles: Double
        ) {
            self.name = name
            self.sites = sites
            self.lines = lines
            self.cost = cost
            self.tubes = tubes
            self.positiveShare = positiveShare
            self.singles = singles
        }
    }

    /// A laboratory that a district can send to.
    package struct Way: Sendable {
        package var laboratory: Int
        /// Hours on the road.
        package var travel: Double
        /// Couriers on duty when every site of the district, in its first mode, sends here.
        package var couriers: Double

        /// A way from a district to a laboratory.
        package init(laboratory: Int, travel: Double, couriers: Double) {
            self.laboratory = laboratory
            self.travel = travel
            self.couriers = couriers
        }
    }

    /// A district: ways of collecting, and laboratories in reach.
    package struct District: Sendable {
        package var name: String
        package var modes: [Mode]
        package var ways: [Way]
        package var courierCost: Double
        package var mostCouriers: Int

        /// A district.
        package init(
            name: String, modes: [Mode], ways: [Way], courierCost: Double, mostCouriers: Int
        ) {
            self.name = name
            self.modes = modes
            self.ways = ways
            self.courierCost = courierCost
            self.mostCouriers = mostCouriers
        }
    }

    /// Machines of one kind: a plate each, for a fixed time.
    package struct Machines: Sendable {
        /// Hours for a plate.
        package var time: Double
        /// What one costs for the whole screening.
        package var cost: Double
        package var most: Int

        /// Machines of one kind.
        package init(time: Double, cost: Double, most: Int) {
            self.time = time
            self.cost = cost
            self.most = most
        }
    }

    /// People at a station, so many on each shift of the day.
    package struct Staff: Sendable {
        /// Tubes (reception) or plates (review) for each person and hour.
        package var rate: Double
        /// What one person costs on each shift, over the whole screening.
        package var costs: [Double]
        package var most: Int

        /// People at a station.
        package init(rate: Double, costs: [Double], most: Int) {
            self.rate = rate
            self.costs = costs
            self.most = most
        }
    }

    /// A laboratory that may be opened.
    package struct Laboratory: Sendable {
        package var name: String
        package var openCost: Double
        package var mustOpen = false
        package var reception: Staff
        package var extraction: Machines
        package var pcr: Machines
        package var review: Staff
        /// The shift on duty in each hour; the same for both kinds of staff.
        package var shiftOfHour: [Int]
        /// Samples on a full plate.
        package var plateSamples: Double
        /// Hours after which a plate of pooled tubes, and one of singles, is closed unfilled.
        package var plateTimeouts: (routine: Double, singles: Double)
        /// Hours from a positive plate to the single samples of the tube's members, at most.
        package var callBack: Double
        /// The share of plates that are invalid and run again.
        package var failure: Double

        /// A laboratory.
        package init(
            name: String, openCost: Double, reception: Staff, extraction: Machines, pcr: Machines,
            review: Staff, shiftOfHour: [Int], plateSamples: Double,
            plateTimeouts: (routine: Double, singles: Double), callBack: Double, failure: Double
        ) {
            self.name = name
            self.openCost = openCost
            self.reception = reception
            self.extraction = extraction
            self.pcr = pcr
            self.review = review
            self.shiftOfHour = shiftOfHour
            self.plateSamples = plateSamples
            self.plateTimeouts = plateTimeouts
            self.callBack = callBack
            self.failure = failure
        }
    }
}
