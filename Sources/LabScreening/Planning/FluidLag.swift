/// A fixed delay in a flow that is counted hour by hour.
///
/// What enters within an hour enters evenly: of a delay of 2.25 hours, three quarters come out two
/// hours later and a quarter three.
struct FluidLag: Sendable {
    let whole: Int
    let part: Double

    init(_ hours: Double) {
        whole = Int(hours.rounded(.down))
        part = hours - Double(whole)
    }

    /// What comes out in hour t: hours back, and which share of that hour's entry.
    var out: [(back: Int, share: Double)] {
        part > 0 ? [(whole, 1 - part), (whole + 1, part)] : [(whole, 1)]
    }

    /// What is still inside at the end of hour t, by hours back.
    var inside: [(back: Int, share: Double)] {
        (0..<whole).map { ($0, 1) } + (part > 0 ? [(whole, part)] : [])
    }

    func out(of flow: [Double], at hour: Int) -> Double {
        out.reduce(0) { $0 + (hour >= $1.back ? flow[hour - $1.back] * $1.share : 0) }
    }

    func inside(of flow: [Double], at hour: Int) -> Double {
        inside.reduce(0) { $0 + (hour >= $1.back ? flow[hour - $1.back] * $1.share : 0) }
    }

    /// A whole curve, later; what would come after its end is left out.
    func shift(_ curve: [Double]) -> [Double] {
        curve.indices.map { out(of: curve, at: $0) }
    }

    /// The sum over the last hours, as many as the delay is long, by hours back.
    static func recent(_ hours: Double) -> [(back: Int, share: Double)] {
        FluidLag(hours).inside
    }
}
