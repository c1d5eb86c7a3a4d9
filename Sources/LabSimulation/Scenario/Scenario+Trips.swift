internal import Glibc

extension Scenario {
    /// The usual minutes of a trip between two positions; nil when one is not known.
    ///
    /// Ten minutes to load and unload, and roads 1.4 times as long as the great circle at
    /// 40 km/h: our assumption, to be replaced where trips are known.
    package static func tripMinutes(from start: Position?, to end: Position?) -> Double? {
        guard let start, let end else { return nil }
        let minutes = 10 + kilometres(from: start, to: end) * 1.4 / 40 * 60
        return (minutes * 10).rounded() / 10
    }

    /// Kilometres along the great circle (haversine).
    package static func kilometres(from start: Position, to end: Position) -> Double {
        let degree = Double.pi / 180
        let up = sin((end.latitude - start.latitude) * degree / 2)
        let across = sin((end.longitude - start.longitude) * degree / 2)
        let chord =
            up * up + cos(start.latitude * degree) * cos(end.latitude * degree) * across * across
        return 2 * 6_371 * asin(min(1, chord.squareRoot()))
    }
}
