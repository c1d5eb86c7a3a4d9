internal import CCoin

/// A linear program in Clp's hands, solved again and again as its bounds change.
///
/// The next solution starts at the last vertex: after a few changed bounds it is near.
/// Whole numbers are not asked for here; see `MixedProgram`.
package struct Simplex: ~Copyable {
    /// How the first vertex is looked for.
    package enum Method: Int32, Sendable {
        case dual = 0
        case primal = 1
        /// Interior point, then crossover to a vertex: often faster for large programs.
        case barrier = 3
    }

    private let model: OpaqueModel
    private var lower: [Double]
    private var upper: [Double]
    private var boundsChanged = false
    private var isFirst = true
    private let columns: Int
    private let rows: Int

    /// Loads the program.
    package init(_ program: LinearProgram) {
        model = OpaqueModel(program)
        lower = program.columnLower
        upper = program.columnUpper
        columns = program.columnCount
        rows = program.rowCount
    }

    /// Changes an unknown's bounds for the next solution.
    package mutating func bound(_ column: Int, from least: Double, to most: Double) {
        assert(least <= most, "An unknown has room.")
        lower[column] = least
        upper[column] = most
        boundsChanged = true
    }

    /// Solves the program, from the last vertex if there is one.
    ///
    /// Clp stops after `seconds` of the processor; the first vertex is looked for by `method`.
    package mutating func solve(
        by method: Method = .dual, seconds: Double = .infinity
    ) -> ProgramAnswer {
        if boundsChanged {
            Clp_chgColumnLower(model.pointer, lower)
            Clp_chgColumnUpper(model.pointer, upper)
            boundsChanged = false
        }
        Clp_setMaximumSeconds(model.pointer, seconds.isFinite ? max(seconds, 0.01) : -1)
        if isFirst {
            let options = ClpSolve_new()
            defer { ClpSolve_delete(options) }
            ClpSolve_setSolveType(options, method.rawValue, -1)
            ClpSolve_setPresolveType(options, 0, -1)
            Clp_initialSolveWithOptions(model.pointer, options)
            isFirst = false
        } else {
            Clp_dual(model.pointer, 0)
        }
        return answer
    }

    private var answer: ProgramAnswer {
        switch Clp_status(model.pointer) {
        case 0:
            let values = Self.copy(Clp_getColSolution(model.pointer), columns)
            let cost = Clp_getObjValue(model.pointer)
            return ProgramAnswer(status: .optimal, cost: cost, bound: cost, values: values)
        case 1: return Self.none(.infeasible)
        case 2: return Self.none(.unbounded)
        default: return Self.none(.unknown)
        }
    }

    /// What one more unit of each condition's limit would change the cost by.
    package var prices: [Double] { Self.copy(Clp_getRowPrice(model.pointer), rows) }

    /// What one more unit of each unknown would add to the cost.
    package var reducedCosts: [Double] { Self.copy(Clp_getReducedCost(model.pointer), columns) }

    private static func none(_ status: ProgramAnswer.Status) -> ProgramAnswer {
        ProgramAnswer(
            status: status, cost: .infinity,
            bound: status == .infeasible ? .infinity : -.infinity, values: [])
    }

    private static func copy(_ base: UnsafePointer<Double>?, _ count: Int) -> [Double] {
        Array(UnsafeBufferPointer(start: base, count: base == nil ? 0 : count))
    }
}

/// Clp's own object, freed with its owner.
private final class OpaqueModel {
    let pointer: UnsafeMutableRawPointer?

    init(_ program: LinearProgram) {
        pointer = Clp_newModel()
        Clp_setLogLevel(pointer, 0)
        let matrix = program.matrix
        Clp_loadProblem(
            pointer, Int32(program.columnCount), Int32(program.rowCount), matrix.starts,
            matrix.rows, matrix.values, program.columnLower, program.columnUpper, program.costs,
            program.rowLower, program.rowUpper)
    }

    deinit { Clp_deleteModel(pointer) }
}
