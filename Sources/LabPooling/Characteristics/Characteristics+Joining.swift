extension Characteristics {
    /// Several groups of people who have nothing to do with each other, as one.
    package init(joining groups: [Characteristics]) {
        let variances = groups.compactMap(\.variance)
        self.init(
            tests: groups.reduce(0) { $0 + $1.tests },
            variance: variances.count == groups.count ? variances.reduce(0, +) : nil,
            people: groups.flatMap(\.people))
    }
}
