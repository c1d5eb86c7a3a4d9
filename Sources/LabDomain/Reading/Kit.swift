/// A lot of a kit.
package struct KitLot: Hashable, Sendable {
    package let number: String
    /// The last day on which it may be used.
    package let expires: CalendarDay

    /// A lot with its expiry.
    package init(number: String, expires: CalendarDay) {
        self.number = number
        self.expires = expires
    }
}

/// What goes into a well.
package struct WellVolumes: Hashable, Sendable {
    /// Of the specimen's extract, in microlitres.
    package let template: Double
    /// Of the master mix, in microlitres.
    package let reagent: Double

    /// Volumes in microlitres.
    package init(template: Double, reagent: Double) {
        self.template = template
        self.reagent = reagent
    }

    /// The usual 5 of 25 microlitres.
    package static let usual = WellVolumes(template: 5, reagent: 20)
}

/// What a laboratory knows of a kit beside the rules by which it is read.
///
/// None of it changes a verdict, so that a new lot leaves plates under way as they are.
package struct Kit: Hashable, Sendable {
    /// Empty when the laboratory keeps no lots.
    package let lots: [KitLot]
    /// The sizes of pools for which it is validated; nil when nobody said.
    package let poolSizes: [Int]?
    /// The controls of its plates; nil takes the laboratory's.
    package let controls: ControlScheme?
    package let volumes: WellVolumes

    /// A kit as settings tell of it.
    package init(
        lots: [KitLot] = [], poolSizes: [Int]? = nil, controls: ControlScheme? = nil,
        volumes: WellVolumes = .usual
    ) {
        self.lots = lots
        self.poolSizes = poolSizes
        self.controls = controls
        self.volumes = volumes
    }

    /// How many days before a lot's end it is time to say so.
    package static let warningDays = 14

    /// Why no lot can be taken.
    package enum LotFault: Error, Hashable, Sendable {
        case unknown
        case expired(KitLot)
    }

    /// The lot for a plate of today: the one named, or the one that expires first of those in date
    /// (ASSAY-5).
    /// - Returns: Nil where no lots are kept.
    package func lot(_ number: String?, on today: CalendarDay) throws(LotFault) -> KitLot? {
        if let number {
            guard let lot = lots.first(where: { $0.number == number }) else { throw .unknown }
            guard lot.expires >= today else { throw .expired(lot) }
            return lot
        }
        guard let last = lots.max(by: { $0.expires < $1.expires }) else { return nil }
        let usable = lots.filter { $0.expires >= today }
        guard let first = usable.min(by: { ($0.expires, $0.number) < ($1.expires, $1.number) })
        else { throw .expired(last) }
        return first
    }

    /// Whether pools of a size may be tested with it (ASSAY-6).
    package func isValidated(forPoolsOf size: Int) -> Bool {
        poolSizes.map { $0.contains(size) } ?? true
    }
}
