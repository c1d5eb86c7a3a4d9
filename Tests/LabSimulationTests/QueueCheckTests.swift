import LabStatistics
import LabTables
import ReferenceFiles
import Testing

@testable import LabSimulation

@Suite("Queues: closed forms, and simulations held to them")
struct QueueCheckTests {
    private static let reference = "queueing/closed-forms.csv"

    private func rows() throws -> [QueueRow] {
        let table = try DelimitedTable.parse(
            try TextDecoding.decode(Reference.bytes(Self.reference)))
        return try table.rows.map { row in
            let cells = row.fields
            return QueueRow(
                name: cells[0], queue: QueueCase(family: cells[1], parameters: cells[2]),
                measure: cells[3], theory: try #require(Double(cells[4])),
                kind: try #require(QueueRow.Kind(rawValue: cells[5])))
        }
    }

    @Test(
        "QUEUE-1: our closed forms are those of the reference, to twelve digits where it is exact",
        .needs(reference: reference))
    func formulas() throws {
        var wrong: [String] = []
        var refuted: [String] = []
        let rows = try rows()
        #expect(rows.count == 709)
        for row in rows {
            let formula = try #require(
                try QueueFormulas.measures(row.queue)[row.measure], "\(row.name) \(row.measure)")
            if QueueCheck.relativeError(formula, row.theory) <= row.kind.tolerance { continue }
            // A continuous wait cannot have the same 90 % and 99 % quantile.
            let isImpossible = row.name == "Q056" && row.measure.hasPrefix("Wq_p")
            if isImpossible {
                refuted.append(row.measure)
            } else {
                wrong.append("\(row.name) \(row.measure): \(formula), not \(row.theory)")
            }
        }
        #expect(wrong.isEmpty, "\(wrong)")
        #expect(refuted == ["Wq_p90", "Wq_p99"])
    }

    @Test("QUEUE-1: quantiles that no table of doubles gives agree with 700-digit arithmetic")
    func longSeries() throws {
        // Erlang's series for P(Wq ≤ t) in 700 digits is 0.9 and 0.99 at these times.
        let queue = DeterministicQueue(arrivals: 0.011, service: 90)
        #expect(abs(queue.wait(exceededBy: 0.1) / 10_296.978_561_690_15 - 1) < 1e-12)
        #expect(abs(queue.wait(exceededBy: 0.01) / 20_623.957_033_894_265 - 1) < 1e-12)
    }

    @Test(
        "QUEUE-2: simulations hold the closed forms inside their 99.99 % interval",
        arguments: [
            ("M/M/1", "lambda=0.7;mu=1", ["Wq", "L", "Wq_p90", "busy_period_mean", "P(Wq=0)"]),
            ("M/M/c", "c=5;a=4;mu=2", ["ErlangC", "Lq", "W", "P(Wq>0.5)"]),
            ("M/M/c/c (Erlang B)", "c=5;a=3", ["blocking", "utilisation"]),
            ("M/M/c/K", "c=2;K=6;a=1.9;mu=1", ["P0", "blocking", "Wq_accepted"]),
            ("M/M/c+M (Erlang A)", "c=5;a=6;mu=1;theta=0.5", ["Lq", "P(abandon)", "P(wait)"]),
            ("M/D/1", "lambda=0.6;D=1", ["Wq", "P(Wq<=D)", "Wq_p90"]),
            ("M/D/c", "c=3;rho=0.8;D=1", ["Lq", "P(no wait)"]),
            ("M/G/1 (P-K)", "service=gamma(shape=0.5|mean=2);rho=0.5", ["Wq", "W"]),
            ("M/G/1 (P-K)", "service=triangular(3|5|10);rho=0.6", ["Wq", "Lq"]),
            ("M/G/1 (P-K)", "service=lognormal(mean=10|cv=0.7);rho=0.6", ["Wq"]),
            ("M/G/1 (P-K)", "service=hyperexp(p=0.9:mean1|0.1:mean11);rho=0.4", ["Wq"]),
            (
                "M/G/1 non-preemptive priority (Cobham)",
                "l1=0.02;s1=exp:5;l2=0.1;s2=uniform(4|8):6", ["Wq_high", "Wq_low", "Wq_all"]
            ),
            (
                "M/M/c non-preemptive priority", "c=6;a1=1;a2=4;mu=1",
                ["Wq_high", "Wq_low", "Wq_all"]
            ),
            (
                "batch forming with time-out", "lambda=0.5;b=10;T=20",
                ["mean_batch", "P(closed by time-out)", "mean_wait_per_item", "batches_per_time"]
            ),
            ("M/M^[b]/1 joining allowed", "lambda=3;mu=1;b=5", ["L", "P0"]),
            ("M/M^[b]/1 full batches only", "lambda=3;mu=1;b=5", ["L", "W", "P0"]),
            ("M/D^[a,b]/1", "lambda=0.2;D=10;b=5;a=2", ["Lq", "mean_batch", "busy"]),
            (
                "Jackson network",
                "arrivals=8/0/0;servers=3/7/14;mu=3.6/1.5/0.8;routes=1>2:1.0 2>3:1.0 3>1:0.08",
                ["lambda1", "L2", "W_total"]
            ),
            ("fork-join K=2 (Flatto-Hahn)", "lambda=0.5;mu=1", ["T"]),
            ("max of K exponentials", "K=100;mu=2", ["mean", "var"]),
            ("M/G/inf", "lambda=3;service=uniform(9|65)", ["L", "VarL"]),
            (
                "M_t/M/inf hourly profile",
                "people_a_day=1000;profile=3/8/11;mean_service_min=60",
                ["mean_in_system_at_100min", "mean_in_system_at_300min"]
            ),
            ("periodic pick-up", "interval=30", ["mean_wait", "p90"]),
            ("Dorfman with error", "p=0.05;k=5;se=0.9;sp=0.98", ["ppv", "specificity"]),
            (
                "wait given queue state (exponential)", "waiting_ahead=5;c=2;mu=0.1;slack=30",
                ["mean_wait", "P(wait>slack)"]
            ),
        ])
    func simulations(_ family: String, _ parameters: String, _ measures: [String]) throws {
        let queue = QueueCase(family: family, parameters: parameters)
        let formulas = try QueueFormulas.measures(queue)
        let rows = try measures.map { measure in
            QueueRow(
                name: "1", queue: queue, measure: measure,
                theory: try #require(formulas[measure]), kind: .exact)
        }
        for verdict in QueueCheck.check(rows, SeededGenerator(seed: 11), effort: 2_000) {
            let estimate = try #require(verdict.estimate, "\(verdict.row.measure)")
            #expect(
                verdict.outcome == .agrees,
                "\(verdict.row.measure): \(verdict.row.theory), not \(estimate.mean)")
            #expect(estimate.halfWidth < 0.6 * abs(estimate.mean), "the interval says something")
        }
    }

    @Test("QUEUE-3: a wrong value in a table is found, and the simulation says whose fault it is")
    func wrongTable() {
        let queue = QueueCase(family: "M/M/1", parameters: "lambda=0.5;mu=1")
        let rows = [2.0, 1.000_000_001, 1].map {
            QueueRow(name: "1", queue: queue, measure: "Wq", theory: $0, kind: .exact)
        }
        let outcomes = QueueCheck.check(rows, SeededGenerator(seed: 1), effort: 5_000)
            .map(\.outcome)
        #expect(outcomes == [.tableDiffers, .formulaDiffers, .agrees])
    }

    @Test(
        "QUEUE-4: a row that cannot be computed says why",
        arguments: [
            ("M/M/1", "lambda=2;mu=1", "Wq", QueueFault.unstable),
            ("M/M/c", "c=2;a=2", "Wq", .unstable), ("M/D/c", "c=2;rho=1", "Lq", .unstable),
            ("M/M/1", "lambda=0.5", "Wq", .missing("mu")),
            ("M/M/1", "lambda=x;mu=1", "Wq", .unreadable("lambda")),
            ("M/M/c", "c=1.5;a=1", "Wq", .unreadable("c")),
            ("M/M/1", "lambda=0.5;mu=1", "Wqq", .measure), ("M/X/1", "", "Wq", .family),
            ("M/G/1 (P-K)", "service=strange(1|2);rho=0.5", "Wq", .unreadable("service")),
            (
                "Jackson network", "arrivals=1;servers=1;mu=2;routes=1>2:0.5", "L1",
                .unreadable("routes")
            ),
            ("Jackson network", "arrivals=1;servers=1;mu=2;routes=1>1:0.6", "L1", .unstable),
            ("M/D/c", "c=9999999;rho=0.5", "Lq", .unreadable("c")),
            ("M/D/1", "lambda=0.9999999;D=1", "Wq", .unreadable("lambda")),
            ("M/D^[a,b]/1", "lambda=1;D=1;b=100000;a=1", "Lq", .unreadable("b")),
            ("M/M/c+M (Erlang A)", "c=5;a=9;theta=1e-12", "Lq", .unreadable("theta")),
            ("M/G/1 (P-K)", "service=uniform(-1|2);rho=0.5", "Wq", .unreadable("service")),
            ("M/G/1 (P-K)", "service=erlang(k=0|mean=1);rho=0.5", "Wq", .unreadable("service")),
        ])
    func faults(_ family: String, _ parameters: String, _ measure: String, _ fault: QueueFault) {
        let row = QueueRow(
            name: "1", queue: QueueCase(family: family, parameters: parameters), measure: measure,
            theory: 1, kind: .exact)
        let verdict = QueueCheck.check([row], SeededGenerator(seed: 1), effort: 1_000)[0]
        #expect(verdict.outcome == .unknown && verdict.fault == fault)
    }

    @Test("QUEUE-5: what is too rare or too sure to be seen is left to the formula")
    func rare() throws {
        let queue = QueueCase(
            family: "batch forming with time-out", parameters: "lambda=10;b=94;T=15")
        let value = try #require(try QueueFormulas.measures(queue)["P(closed by time-out)"])
        let row = QueueRow(
            name: "1", queue: queue, measure: "P(closed by time-out)", theory: value, kind: .exact)
        #expect(value < 1e-4)
        let verdict = QueueCheck.check([row], SeededGenerator(seed: 1), effort: 1_000)[0]
        #expect(verdict.outcome == .formulaOnly && verdict.estimate == nil)
        // Too many to be drawn one by one: nothing runs for ever.
        let many = QueueCase(family: "M/G/inf", parameters: "lambda=1e9;service=uniform(9|65)")
        let crowd = QueueRow(name: "1", queue: many, measure: "L", theory: 3.7e10, kind: .exact)
        let answer = QueueCheck.check([crowd], SeededGenerator(seed: 1), effort: 1_000)[0]
        #expect(answer.outcome == .formulaOnly)
        #expect(QueueCheck.relativeError(1e-305, 0) == 0)
        #expect(QueueCheck.relativeError(1e-9, 0) > 1)
    }

    @Test("QUEUE-1: with one server Kingman's bound is known, and its correction in any spelling")
    func kingman() throws {
        let queue = QueueCase(
            family: "G/G/c approximations", parameters: "c=1;rho=0.8;ca2=0.5;cs2=0.25")
        let measures = try QueueFormulas.measures(queue)
        let kingman = try #require(measures["Wq_Kingman"])
        #expect(abs(kingman - 0.8 / 0.2 * 0.375) < 1e-14)
        // −2 (1 − ρ) (1 − ca²)² / (3ρ (ca² + cs²)) = −0.1 / 1.8
        let corrected = try #require(measures["Wq_Kraemer-Langenbach-Belz"])
        #expect(abs(corrected / kingman - 0.945_959_468_906_765_4) < 1e-14)
        #expect(measures["Wq_KLB"] == corrected && measures["Wq_Allen-Cunneen"] == kingman)
    }

    @Test("QUEUE-2: the same seed gives the same estimates")
    func seeds() throws {
        let queue = QueueCase(family: "M/M/1", parameters: "lambda=0.5;mu=1")
        let row = QueueRow(name: "1", queue: queue, measure: "Wq", theory: 1, kind: .exact)
        let estimates = [1, 1, 2].map {
            QueueCheck.check([row], SeededGenerator(seed: $0), effort: 1_000)[0].estimate
        }
        #expect(estimates[0] == estimates[1] && estimates[0] != estimates[2])
    }
}
