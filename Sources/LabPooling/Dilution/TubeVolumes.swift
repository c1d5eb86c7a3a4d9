/// How much liquid the tubes of a maker hold, by the number of swabs they are made for.
package struct TubeVolumes: Hashable, Sendable {
    /// One kind of tube.
    package struct Tube: Hashable, Sendable {
        /// Swabs that the tube is made for.
        package let places: Int
        package let millilitres: Double

        /// A kind of tube; what is wrong with it is found by `TubeVolumes`.
        package init(places: Int, millilitres: Double) {
            self.places = places
            self.millilitres = millilitres
        }
    }

    /// By rising places; the first is the tube for one swab.
    package let tubes: [Tube]

    /// Tubes on sale in China: 1:1 3 mL, 5:1 5 mL, 10:1 6 mL, 20:1 12 mL (whdsbio.cn/news/650).
    package static let vendor = TubeVolumes(checked: [
        Tube(places: 1, millilitres: 3), Tube(places: 5, millilitres: 5),
        Tube(places: 10, millilitres: 6), Tube(places: 20, millilitres: 12),
    ])

    /// Tubes in any order.
    /// - Throws: `PoolingFault` without a tube for one swab, for a volume outside 0.01 ... 1,000 mL
    ///   or for two tubes of the same places.
    package init(_ tubes: [Tube]) throws(PoolingFault) {
        let sorted = tubes.sorted { $0.places < $1.places }
        guard sorted.first?.places == 1 else {
            throw .beyond("the tube volumes lack the tube for one swab: every shift is against it")
        }
        guard sorted.allSatisfy({ 0.01...1_000 ~= $0.millilitres }) else {
            throw .range(field: "tube volume in mL", from: 0.01, to: 1_000)
        }
        guard Set(sorted.map(\.places)).count == sorted.count else {
            throw .beyond("two tubes have the same number of places: give each volume once")
        }
        self.init(checked: sorted)
    }

    private init(checked: [Tube]) {
        tubes = checked
    }

    /// The volume that `swabs` share over that of a single tube.
    ///
    /// They go in the smallest tube made for so many: seven swabs in the tube for ten share all
    /// of its liquid.
    func factor(swabs: Int) throws(PoolingFault) -> Double {
        guard let tube = tubes.first(where: { $0.places >= swabs }) else {
            let most = tubes.last?.places ?? 1
            throw .range(field: "swabs in a mixed tube", from: 1, to: Double(most))
        }
        return tube.millilitres / tubes[0].millilitres
    }
}
