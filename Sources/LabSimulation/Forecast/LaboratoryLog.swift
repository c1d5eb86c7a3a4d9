/// A tube or a single as the log of a laboratory has it; infinity means "not yet".
package struct LoggedTube: Sendable, Equatable {
    /// The pooled tube whose member this single is, or −1.
    package var parent: Int32 = -1
    package var members: Int32 = 1
    /// Known from the release of the plate on.
    package var isPositive = false
    package var closed = Double.infinity
    package var received = Double.infinity
    package var receptionStart = Double.infinity
    package var receptionEnd = Double.infinity
    /// The place of its plate in the log, or −1.
    package var plate: Int32 = -1
    /// When it left the laboratory without a result: rejected, or sent to another one.
    package var left = Double.infinity
    /// The box it came in, or −1.
    package var box: Int32 = -1
    /// Minutes from receipt within which the result is due.
    package var limit = 720.0

    package var isSingle: Bool { parent >= 0 }
    package var deadline: Double { received + limit }

    /// Nothing has happened yet.
    package init() {}
}

/// A plate as the log of a laboratory has it; infinity means "not yet".
///
/// A plate that was repeated shows the starts of its last pass alone.
package struct LoggedPlate: Sendable, Equatable {
    package var isUrgent = false
    package var wells: Int32 = 0
    package var formed = Double.infinity
    package var extraction = Double.infinity
    package var pcr = Double.infinity
    package var review = Double.infinity
    package var released = Double.infinity
    package var repeats: Int32 = 0

    /// Nothing has happened yet.
    package init() {}
}

/// What was written down of a laboratory's tubes and plates, in minutes.
package struct LaboratoryLog: Sendable, Equatable {
    package var tubes: [LoggedTube]
    package var plates: [LoggedPlate]

    /// A log; the tubes' places for plates count from 0.
    package init(tubes: [LoggedTube] = [], plates: [LoggedPlate] = []) {
        (self.tubes, self.plates) = (tubes, plates)
    }

    /// When the last result was released, or 0.
    package var end: Double {
        plates.reduce(0) { $1.released.isFinite ? max($0, $1.released) : $0 }
    }

    /// The log as it stood at a time: nothing of what came later can be read from it.
    ///
    /// A tube's plate is known once the plate is formed, whether it is positive once the plate is
    /// released, that it is a single once it is received.
    package func known(at now: Double) -> LaboratoryLog {
        let plates = plates.map { $0.known(at: now) }
        let tubes = tubes.map { tube in
            var tube = tube
            if tube.closed > now { tube.closed = .infinity }
            if tube.received > now {
                tube.received = .infinity
                if tube.closed == .infinity { tube = LoggedTube() }
            }
            if tube.receptionStart > now { tube.receptionStart = .infinity }
            if tube.receptionEnd > now { tube.receptionEnd = .infinity }
            if tube.left > now { tube.left = .infinity }
            let plate = tube.plate >= 0 ? plates[Int(tube.plate)] : LoggedPlate()
            if plate.released > now { tube.isPositive = false }
            if plate.formed > now { tube.plate = -1 }
            return tube
        }
        return LaboratoryLog(tubes: tubes, plates: plates)
    }
}

extension LoggedPlate {
    fileprivate func known(at now: Double) -> LoggedPlate {
        guard formed <= now else { return LoggedPlate() }
        var plate = self
        if plate.extraction > now { plate.extraction = .infinity }
        if plate.pcr > now { plate.pcr = .infinity }
        if plate.review > now { plate.review = .infinity }
        if plate.released > now {
            plate.released = .infinity
            plate.repeats = 0
        }
        return plate
    }
}
