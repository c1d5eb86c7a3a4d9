package import LabDomain

extension Scenario {
    /// A district: its people, sites and couriers.
    package struct District: Sendable, Hashable {
        package var name: String
        /// The name in the country's own writing, where it is known.
        package var localName: String
        package var people: Int
        /// The share of the people who come.
        package var turnout: Double
        package var position: Position?
        /// Minutes after the scenario's start at which this district begins (its ring's turn).
        package var starts: Double
        /// The share of its people who come on each day; nil as all districts.
        package var days: [Double]?
        /// The ring it belongs to, for reports.
        package var ring: Int
        /// Whether its tubes go first in the laboratory.
        package var isUrgent: Bool
        /// The share of each risk class; they add to 1.
        package var classes: [RiskClass: Double]
        package var sites: [Site]
        /// Samplers on duty; nil when every line has its own at all times.
        package var samplers: Levels?
        /// Samplers that one line takes, who relieve each other.
        package var samplersPerLine: Int
        package var couriers: Int
        package var routes: [Route]
        /// Of each class, the share who are infected.
        package var prevalence: [RiskClass: Double]
        /// People of one household, who come together.
        package var householdSize: Int
        /// The correlation of infection between two of a household.
        package var householdCorrelation: Double

        /// A district with equal sites.
        package init(
            name: String, localName: String = "", people: Int, turnout: Double = 1,
            position: Position? = nil, starts: Double = 0, days: [Double]? = nil, ring: Int = 1,
            isUrgent: Bool = false, classes: [RiskClass: Double] = [.low: 1], sites: [Site],
            samplers: Levels? = nil, samplersPerLine: Int = 1, couriers: Int, routes: [Route],
            prevalence: [RiskClass: Double] = [.low: 0.000_03], householdSize: Int = 3,
            householdCorrelation: Double = 0.1
        ) {
            (self.name, self.localName, self.people) = (name, localName, people)
            (self.turnout, self.position, self.starts) = (turnout, position, starts)
            (self.days, self.ring, self.isUrgent) = (days, ring, isUrgent)
            (self.classes, self.sites, self.samplers) = (classes, sites, samplers)
            (self.samplersPerLine, self.couriers, self.routes) = (samplersPerLine, couriers, routes)
            (self.prevalence, self.householdSize) = (prevalence, householdSize)
            self.householdCorrelation = householdCorrelation
        }

        /// The most samplers that are at work at once.
        package var mostSamplers: Int {
            samplers?.most ?? sites.reduce(0) { $0 + $1.lines } * samplersPerLine
        }
    }

    /// A sampling site.
    package struct Site: Sendable, Hashable {
        /// Its part of the district's people, in any unit.
        package var weight: Double
        package var lines: Int

        /// A site.
        package init(weight: Double = 1, lines: Int) {
            (self.weight, self.lines) = (weight, lines)
        }

        /// Sites with the same number of lines and people that differ threefold.
        package static func spread(_ count: Int, lines: Int) -> [Site] {
            (0..<max(0, count)).map { place in
                let part = Double(place + 1) * 0.618_033_988_749_894_9
                return Site(weight: 0.5 + part - part.rounded(.down), lines: lines)
            }
        }
    }

    /// Where a district's tubes go.
    package struct Route: Sendable, Hashable {
        /// The place in `laboratories`.
        package var laboratory: Int
        /// The share of the district's couriers.
        package var share: Double
        /// The usual minutes of a trip.
        package var minutes: Double

        /// A route.
        package init(laboratory: Int, share: Double = 1, minutes: Double) {
            (self.laboratory, self.share, self.minutes) = (laboratory, share, minutes)
        }
    }

    /// A place on the earth, in degrees.
    package struct Position: Sendable, Hashable {
        package var longitude: Double
        package var latitude: Double

        /// A place.
        package init(longitude: Double, latitude: Double) {
            (self.longitude, self.latitude) = (longitude, latitude)
        }
    }

    /// A laboratory: who and what is on duty at each station, and its kits.
    package struct Laboratory: Sendable, Hashable {
        package var name: String
        package var position: Position?
        /// Technicians who receive tubes.
        package var reception: Levels
        /// Extraction machines, one plate each.
        package var extractors: Levels
        /// PCR machines, one plate each.
        package var cyclers: Levels
        /// People who review plates.
        package var review: Levels
        /// Wells for which there are kits from a time on, summed up; empty for without limit.
        package var kits: [Levels.Stair]

        /// A laboratory.
        package init(
            name: String, position: Position? = nil, reception: Levels, extractors: Levels,
            cyclers: Levels, review: Levels, kits: [Levels.Stair] = []
        ) {
            (self.name, self.position) = (name, position)
            (self.reception, self.extractors, self.cyclers) = (reception, extractors, cyclers)
            (self.review, self.kits) = (review, kits)
        }
    }

    /// How laboratories work.
    package struct Testing: Sendable, Hashable {
        package var wells: Int
        package var controls: Int
        /// After how long a plate is closed though it is not full.
        package var plateTimeout: Double
        package var urgentPlateTimeout: Double
        package var receptionSeconds: Span
        package var extraction: Span
        package var pcr: Span
        package var review: Span
        /// The chance that a whole plate must be repeated.
        package var plateFailure: Double
        /// How machines break down; nil for machines that never do.
        package var extractionBreakdowns: Breakdowns?
        package var pcrBreakdowns: Breakdowns?
        /// The chance that one well must be repeated.
        package var wellFailure: Double
        /// From a positive mixed tube to the arrival of its people's single tubes.
        package var callBack: Span
        /// From a positive laboratory pool to the kept tubes being ready.
        package var fetchKept: Span
        /// Whether a positive single is proved with a second kit.
        package var confirmsSingles: Bool
        /// The chance that a tube without virus reads negative.
        package var specificity: Double
        /// Copies a well must receive to be seen; nil for a test that misses nobody.
        package var limitOfDetection: Int?

        /// Plates of 96 with two controls, 45 min extraction, 90 min PCR.
        package init(
            wells: Int = 96, controls: Int = 2, plateTimeout: Double = 30,
            urgentPlateTimeout: Double = 15, receptionSeconds: Span = Span(6, 12),
            extraction: Span = Span(45, 45), pcr: Span = Span(90, 90), review: Span = Span(4, 8),
            plateFailure: Double = 0, extractionBreakdowns: Breakdowns? = nil,
            pcrBreakdowns: Breakdowns? = nil, wellFailure: Double = 0,
            callBack: Span = Span(90, 150),
            fetchKept: Span = Span(10, 30), confirmsSingles: Bool = false,
            specificity: Double = 1, limitOfDetection: Int? = 108
        ) {
            (self.wells, self.controls) = (wells, controls)
            (self.plateTimeout, self.urgentPlateTimeout) = (plateTimeout, urgentPlateTimeout)
            (self.receptionSeconds, self.extraction) = (receptionSeconds, extraction)
            (self.pcr, self.review, self.plateFailure) = (pcr, review, plateFailure)
            (self.extractionBreakdowns, self.pcrBreakdowns) = (extractionBreakdowns, pcrBreakdowns)
            (self.wellFailure, self.callBack, self.fetchKept) = (wellFailure, callBack, fetchKept)
            (self.confirmsSingles, self.specificity) = (confirmsSingles, specificity)
            self.limitOfDetection = limitOfDetection
        }

        /// Wells of a plate that hold samples.
        package var samplesOnPlate: Int { wells - controls }
    }

    /// A length of time, uniform between two.
    package struct Span: Sendable, Hashable {
        package var least: Double
        package var most: Double

        /// Between two lengths.
        package init(_ least: Double, _ most: Double) { (self.least, self.most) = (least, most) }

        /// Their mean.
        package var mean: Double { (least + most) / 2 }
    }

    /// Prices, in one currency.
    package struct Costs: Sendable, Hashable {
        package var currency: String
        package var siteDay: Double
        package var samplerHour: Double
        package var courierHour: Double
        package var tube: Double
        package var swab: Double
        package var well: Double
        package var plate: Double
        package var laboratoryDay: Double
        package var extractorDay: Double
        package var cyclerDay: Double
        package var staffHour: Double
        package var callBack: Double

        /// Round assumptions in yuan; put your own.
        package init(
            currency: String = "CNY", siteDay: Double = 500, samplerHour: Double = 50,
            courierHour: Double = 60, tube: Double = 3, swab: Double = 0.5, well: Double = 12,
            plate: Double = 40, laboratoryDay: Double = 5_000, extractorDay: Double = 400,
            cyclerDay: Double = 600, staffHour: Double = 50, callBack: Double = 20
        ) {
            (self.currency, self.siteDay, self.samplerHour) = (currency, siteDay, samplerHour)
            (self.courierHour, self.tube, self.swab) = (courierHour, tube, swab)
            (self.well, self.plate, self.laboratoryDay) = (well, plate, laboratoryDay)
            (self.extractorDay, self.cyclerDay) = (extractorDay, cyclerDay)
            (self.staffHour, self.callBack) = (staffHour, callBack)
        }
    }
}
