package import LabDomain
package import LabSettings

/// A published plan as rules of this product: dated, versioned, and read from YAML.
package struct Programme: Hashable, Sendable {
    package let name: String
    package let title: String
    /// The day from which it applies.
    package let effective: CalendarDay
    package let clocks: [ClockRule]
    /// The sizes of mixed tubes that the plan allows.
    package let mixedRatios: Set<MixRatio>
    /// The sizes of laboratory pools that may be formed.
    package let poolSizes: Set<Int>
    /// The schemes of more than two stages by which pools may be tested.
    package let poolSchemes: Set<PoolScheme>
    /// The risk classes whose single tubes may be pooled.
    package let poolRisks: Set<RiskClass>
    /// What keeps pools within bounds.
    package let poolLimits: PoolLimits
    package let policy: ResolutionPolicy
    /// How tubes are filled at collection; empty where the programme says nothing.
    package let collection: CollectionRules

    /// Reads a programme.
    ///
    /// - Parameters:
    ///   - text: YAML; `Rules/jingdezhen-2021-07.yaml` shows every key.
    ///   - file: The file's name as complaints shall show it.
    ///   - version: The version that verdicts remember.
    /// - Throws: `SettingsFaults` with everything that is wrong and where.
    package init(_ text: String, file: String, version: String) throws(SettingsFaults) {
        var read = SettingsReader(try SettingsDocument(text, name: file).root)
        name = read.string("name")
        title = read.string("title")
        let day = read.value("effective", expecting: "a date like 2021-07-30") {
            CalendarDay(text: $0)
        }
        effective = day ?? CalendarDay(daysSinceEpoch: 0)
        clocks = read.list("clocks") { item in
            ClockRule(
                name: item.string("name"), starts: item.choice("starts", of: Moment.self),
                stops: item.choice("stops", of: Moment.self),
                limit: item.ifPresent("limit") { Span($0.duration()) },
                source: item.string("source"))
        }
        if Set(clocks.map(\.name)).count < clocks.count {
            read.refuse("two clocks have the same name; give each its own", at: "clocks")
        }
        mixedRatios = Set(
            read.list("mixed_ratios") { item in
                item.value(expecting: "5, 10 or 20") { Int($0).flatMap(MixRatio.init(rawValue:)) }
            })
        var pools: (sizes: [Int], risks: [RiskClass])?
        var unconfirmed = ResolutionPolicy.UnconfirmedPool.note
        var schemes: [PoolScheme] = []
        var limits = PoolLimits()
        pools = read.mapping("laboratory_pools") { item in
            unconfirmed = item.choice("unconfirmed", of: ResolutionPolicy.UnconfirmedPool.self)
            limits = PoolLimits(&item)
            let sizes = item.list("sizes") { $0.int(in: 1...100_000) }
            schemes = item.ifPresent("schemes") { $0.schemes() } ?? []
            if !Set(schemes.map(\.first)).isSubset(of: sizes) {
                item.refuse("a scheme begins with a size that is not among them", at: "schemes")
            }
            // Programmes adopted before pools were chosen by their cost name a usual size.
            _ = item.ifPresent("default_size") { $0.int(in: 2...100) }
            return (sizes, item.list("risks") { $0.choice(of: RiskClass.self) })
        }
        poolSizes = Set(pools?.sizes ?? [])
        poolRisks = Set(pools?.risks ?? [])
        poolSchemes = Set(schemes)
        poolLimits = limits
        let testing = read.mapping("testing") { item in
            (
                item.int("maximum_tests", in: 1...10),
                item.list("second_kit_for") { $0.choice(of: TestedKind.self) }
            )
        }
        policy = ResolutionPolicy(
            version: version, maximumTests: testing?.0 ?? 1, secondKitFor: Set(testing?.1 ?? []),
            unconfirmedPool: unconfirmed)
        collection = Self.collection(&read, mixed: mixedRatios)
        try read.finish()
    }
}

extension Programme {
    /// Whether pools may be tested so: any size of two stages, and what is listed of more.
    package func allows(_ scheme: PoolScheme) -> Bool {
        scheme.stages == 2 ? poolSizes.contains(scheme.first) : poolSchemes.contains(scheme)
    }
}

extension SettingsReader {
    /// Schemes of pools, written `10>5>1`.
    fileprivate mutating func schemes() -> [PoolScheme] {
        list {
            $0.value(expecting: "falling sizes down to 1, like 10>5>1") { PoolScheme(text: $0) }
        }
    }
}

extension Span {
    /// A length of time as settings give it, to the millisecond.
    init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self.init(milliseconds: seconds * 1_000 + attoseconds / 1_000_000_000_000_000)
    }
}
