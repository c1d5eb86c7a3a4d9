internal import CCoin
internal import Synchronization

/// Branch and cut by Cbc for programs with whole unknowns.
package enum MixedProgram {
    // Cbc keeps some of its settings in globals: one program at a time.
    private static let door = Mutex(())

    /// Solves a program with its whole unknowns.
    ///
    /// Cbc stops after `seconds` on the clock of the wall, or when the share of the cost that
    /// may be saved is below `gap`. It begins with `start`, a choice that keeps every condition.
    package static func solve(
        _ program: LinearProgram, seconds: Double, gap: Double = 0, start: [Double]? = nil
    ) -> ProgramAnswer {
        door.withLock { _ in
            let model = Cbc_newModel()
            defer { Cbc_deleteModel(model) }
            load(program, into: model)
            Cbc_setLogLevel(model, 0)
            Cbc_setParameter(model, "timeMode", "elapsed")
            // Cbc 2.10 crashes when time runs out inside its own preprocessing
            // (CglPreProcess::postProcess then reads a model that was never made).
            Cbc_setParameter(model, "preprocess", "off")
            Cbc_setMaximumSeconds(model, max(seconds, 0.01))
            Cbc_setAllowableFractionGap(model, gap)
            if let start {
                let whole = program.wholeColumns
                Cbc_setMIPStartI(
                    model, Int32(whole.count), whole.map(Int32.init), whole.map { start[$0] })
            }
            Cbc_solve(model)
            return answer(of: model, to: program)
        }
    }

    private static func load(_ program: LinearProgram, into model: UnsafeMutableRawPointer?) {
        let matrix = program.matrix
        Cbc_loadProblem(
            model, Int32(program.columnCount), Int32(program.rowCount), matrix.starts, matrix.rows,
            matrix.values, program.columnLower, program.columnUpper, program.costs,
            program.rowLower, program.rowUpper)
        for column in program.wholeColumns { Cbc_setInteger(model, Int32(column)) }
    }

    private static func answer(
        of model: UnsafeMutableRawPointer?, to program: LinearProgram
    ) -> ProgramAnswer {
        let isInfeasible = Cbc_isProvenInfeasible(model) != 0
        guard !isInfeasible, let best = Cbc_bestSolution(model) else {
            let isUnbounded = Cbc_isContinuousUnbounded(model) != 0
            return ProgramAnswer(
                status: isUnbounded ? .unbounded : isInfeasible ? .infeasible : .unknown,
                cost: .infinity,
                bound: isInfeasible
                    ? .infinity : Self.bound(Cbc_getBestPossibleObjValue(model)),
                values: [])
        }
        var values = Array(UnsafeBufferPointer(start: best, count: program.columnCount))
        for column in program.wholeColumns { values[column] = values[column].rounded() }
        let cost = program.cost(of: values)
        let isOptimal = Cbc_isProvenOptimal(model) != 0
        return ProgramAnswer(
            status: isOptimal ? .optimal : .feasible, cost: cost,
            bound: min(cost, bound(Cbc_getBestPossibleObjValue(model))), values: values)
    }

    // Cbc writes ±1e50 and the like where it knows nothing.
    private static func bound(_ value: Double) -> Double { abs(value) > 1e30 ? -.infinity : value }
}
