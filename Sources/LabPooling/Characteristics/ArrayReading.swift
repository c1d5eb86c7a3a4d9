/// The operating characteristics of a square array, with or without a master pool.
///
/// Given that one row is clear the columns are independent of each other, so every probability is
/// a product over rows and columns. Rule and model: H.-Y. Kim et al., Biometrics 63 (2007) 1152;
/// with individual risks: C. S. McMahan, J. M. Tebbs, C. R. Bilder, "Two-dimensional informative
/// array testing", Biometrics 68 (2012) 793. The master pool keeps its own specificity here.
struct ArrayReading {
    let side: Int
    /// Row by row.
    let risks: [Double]
    /// Rows and columns, then individual tests.
    let accuracies: [Accuracy]
    let master: Accuracy?

    private var line: Accuracy { accuracies[0] }

    /// P(everybody is negative).
    private var clear: Double { risks.reduce(1) { $0 * (1 - $1) } }

    var characteristics: Characteristics {
        let all = risks.indices
        let rows = Lines(side: side, risks: risks, line: line)
        let columns = Lines(
            side: side, risks: all.map { risks[$0 % side * side + $0 / side] }, line: line)
        return Characteristics(
            tests: tests(rows, columns), variance: nil,
            people: all.map { person($0 / side, $0 % side, rows, columns) })
    }

    private func tests(_ rows: Lines, _ columns: Lines) -> Double {
        var individually = 0.0
        for row in 0..<side {
            individually += Double(side) * (rows.alone(row) + columns.alone(row))
            for column in 0..<side {
                let negative = 1 - risks[row * side + column]
                let (a, b) = (rows.rest(row, column), columns.rest(column, row))
                individually += bothPositive(
                    row: negative * a, column: negative * b, negative * a * b)
            }
        }
        let lines = Double(2 * side)
        guard let master else { return lines + individually }
        let whenClear = lines + Double(side * side) * testedWhenClear
        return 1 + master.sensitivity * (lines + individually - clear * whenClear)
            + (1 - master.specificity) * clear * whenClear
    }

    /// P(row and column read positive), given P(clear) of each and of both.
    private func bothPositive(row: Double, column: Double, _ both: Double) -> Double {
        let (se, gain) = (line.sensitivity, line.sensitivity + line.specificity - 1)
        return se * se - se * gain * (row + column) + gain * gain * both
    }

    /// P(a person is tested individually | everybody is negative).
    private var testedWhenClear: Double {
        let falsely = 1 - line.specificity
        return falsely * falsely
            + 2 * falsely * (0..<side).reduce(1) { product, _ in product * line.specificity }
    }

    private func person(
        _ row: Int, _ column: Int, _ rows: Lines, _ columns: Lines
    ) -> Characteristics.Person {
        let se = line.sensitivity
        let others = risks.indices.reduce(1) {
            $1 == row * side + column ? $0 : $0 * (1 - risks[$1])
        }
        var found =
            se * se + se * (1 - se)
            * (columns.silent(except: column) + rows.silent(except: row))
        var tested =
            line.positive(clear: rows.rest(row, column))
            * line.positive(clear: columns.rest(column, row))
            + rows.alone(row, negative: column, across: columns)
            + columns.alone(column, negative: row, across: rows)
        if let master {
            found *= master.sensitivity
            tested =
                master.sensitivity * (tested - others * testedWhenClear)
                + (1 - master.specificity) * others * testedWhenClear
        }
        return Characteristics.Person(
            risk: risks[row * side + column], sensitivity: accuracies[1].sensitivity * found,
            specificity: 1 - (1 - accuracies[1].specificity) * tested)
    }
}

/// The rows of an array, or its columns when the risks are turned.
private struct Lines {
    let side: Int
    /// Line by line.
    let risks: [Double]
    let line: Accuracy

    /// P(line is clear).
    let clear: [Double]
    /// P(the crossing line reads negative), and the same given that one line is clear:
    /// `[line][crossing]`.
    let crossingSilent: [Double]
    let crossingSilentBeside: [[Double]]
    /// P(line reads negative).
    let silent: [Double]

    init(side: Int, risks: [Double], line: Accuracy) {
        self.side = side
        self.risks = risks
        self.line = line
        func clear(crossing: Int, without: Int?) -> Double {
            (0..<side).reduce(1) {
                $1 == without ? $0 : $0 * (1 - risks[$1 * side + crossing])
            }
        }
        self.clear = (0..<side).map { line in
            risks[line * side..<(line + 1) * side].reduce(1) { $0 * (1 - $1) }
        }
        silent = self.clear.map { 1 - line.positive(clear: $0) }
        crossingSilent = (0..<side).map {
            1 - line.positive(clear: clear(crossing: $0, without: nil))
        }
        crossingSilentBeside = (0..<side).map { own in
            (0..<side).map { 1 - line.positive(clear: clear(crossing: $0, without: own)) }
        }
    }

    /// P(the others of a line are negative).
    func rest(_ own: Int, _ place: Int) -> Double {
        (0..<side).reduce(1) { $1 == place ? $0 : $0 * (1 - risks[own * side + $1]) }
    }

    /// P(all lines but one read negative).
    func silent(except own: Int) -> Double {
        (0..<side).reduce(1) { $1 == own ? $0 : $0 * silent[$1] }
    }

    /// P(a line reads positive and no crossing line does).
    func alone(_ own: Int) -> Double {
        let beside = crossingSilentBeside[own].reduce(1, *) * clear[own]
        return line.sensitivity * (crossingSilent.reduce(1, *) - beside)
            + (1 - line.specificity) * beside
    }

    /// The same, given that the person at `place` of the line is negative.
    func alone(_ own: Int, negative place: Int, across crossing: Lines) -> Double {
        // Without that person the crossing line is as silent as the rest of it.
        let there = 1 - line.positive(clear: crossing.rest(place, own))
        var any = there
        var beside = there * rest(own, place)
        for other in 0..<side where other != place {
            any *= crossingSilent[other]
            beside *= crossingSilentBeside[own][other]
        }
        return line.sensitivity * (any - beside) + (1 - line.specificity) * beside
    }
}
