package import LabDomain
internal import LabSettings

/// How the controls of runs are watched.
package struct QualitySettings: Hashable, Sendable {
    /// Limits that somebody set for a control, instead of those that its first readings make.
    package struct Limits: Hashable, Sendable {
        package let kit: KitRole
        package let control: ControlKind
        package let target: String
        /// Of one lot only; nil for every lot.
        package let lot: String?
        package let limits: ControlLimits
    }

    /// From how many readings of a lot its limits are made.
    package let readings: Int
    /// The limits that are set.
    package let limits: [Limits]
    /// The rules that stop a run: nobody is reported from it.
    package let stop: Set<WestgardRule>

    /// The quality control of settings that say nothing of it.
    package init() {
        readings = ControlLimits.fewest
        limits = []
        stop = []
    }

    /// Reads the mapping `quality`.
    init(_ item: inout SettingsReader) {
        readings =
            item.ifPresent("readings") { $0.int(in: ControlLimits.fewest...1_000) }
            ?? ControlLimits.fewest
        stop = Set(item.has("stop") ? item.list("stop", Self.rule) : [])
        limits = item.has("limits") ? item.list("limits", Self.limits) : []
    }

    private static func rule(_ item: inout SettingsReader) -> WestgardRule? {
        let rules = WestgardRule.allCases.filter(\.isRejection)
        let names = rules.map(\.rawValue).joined(separator: ", ")
        return item.value(expecting: "one of \(names)") { text in
            rules.first { $0.rawValue == text }
        }
    }

    private static func limits(_ entry: inout SettingsReader) -> Limits? {
        let kit = entry.choice("kit", of: KitRole.self)
        let control = entry.choice("control", of: ControlKind.self)
        let target = entry.string("target")
        let lot = entry.optionalString("lot")
        let mean = entry.double("mean", in: 0...100)
        let deviation = entry.double("sd", in: 0.01...20)
        return ControlLimits(mean: mean, deviation: deviation).map {
            Limits(kit: kit, control: control, target: target, lot: lot, limits: $0)
        }
    }

    /// The limits that are set for a series: those of its lot before those of every lot.
    package func limits(of series: ControlSeries) -> ControlLimits? {
        let own = limits.filter {
            $0.kit == series.kit && $0.control == series.control && $0.target == series.target
        }
        let ofLot = own.first { $0.lot != nil && $0.lot == series.lot }
        return (ofLot ?? own.first { $0.lot == nil })?.limits
    }
}
