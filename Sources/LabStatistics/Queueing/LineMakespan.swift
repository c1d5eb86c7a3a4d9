/// A line of stages with machines of fixed times; all plates are ready at the start.
package struct LineMakespan: Sendable {
    /// Equal machines.
    package struct Stage: Sendable {
        package let machines: Int
        package let duration: Double

        /// So many machines that take so long each.
        package init(machines: Int, duration: Double) {
            precondition(machines >= 1 && duration >= 0, "A stage has machines.")
            (self.machines, self.duration) = (machines, duration)
        }
    }

    package let plates: Int
    package let stages: [Stage]
    package let makespan: Double
    package let meanCompletion: Double

    /// Works the plates through; since all take equally long at a stage, the machine of plate n is
    /// the one that plate n − m had, and nobody overtakes.
    package init(plates: Int, stages: [Stage]) {
        (self.plates, self.stages) = (plates, stages)
        var ready = [Double](repeating: 0, count: plates)
        for stage in stages {
            for plate in 0..<plates {
                let free = plate >= stage.machines ? ready[plate - stage.machines] : 0
                ready[plate] = max(ready[plate], free) + stage.duration
            }
        }
        makespan = ready.last ?? 0
        meanCompletion = ready.reduce(0, +) / Double(max(1, plates))
    }

    /// The first stage with the greatest time a plate and machine.
    package var bottleneck: Int {
        let times = stages.map { $0.duration / Double($0.machines) }
        return times.indices.max { times[$0] < times[$1] } ?? 0
    }

    /// No schedule is shorter: the rounds of one stage, and one pass through the others.
    package var stageBound: Double {
        let once = stages.reduce(0) { $0 + $1.duration }
        return stages.map { stage in
            let rounds = (plates + stage.machines - 1) / stage.machines
            return Double(rounds - 1) * stage.duration + once
        }.max() ?? 0
    }

    /// The bound of the fluid: max N d / m.
    package var fluidBound: Double {
        stages.map { Double(plates) * $0.duration / Double($0.machines) }.max() ?? 0
    }
}
