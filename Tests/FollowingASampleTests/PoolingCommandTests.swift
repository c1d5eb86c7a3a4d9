import Foundation
import Testing

@Suite("Choosing pools from the command line")
struct PoolingCommandTests {
    private let accuracy = ["--se", "0.95", "--sp", "0.99"]

    private func optimise(_ program: Program, _ arguments: String...) throws -> Program.Answer {
        try program.run(["pooling", "optimise"] + accuracy + arguments)
    }

    @Test("CHECK-3: the exit code says whether a table agrees, differs or holds wrong values")
    func check() throws {
        let program = try Program()
        defer { program.remove() }
        let heading = "family,algorithm,stages,n,p,se1,se2,sp1,sp2,expected_tests\n"
        for (name, row, status) in [
            ("right", "F,D2,5>1,5,0.01,1,1,1,1,1.24504975049999", Int32(0)),
            ("wrong", "F,D2,5>1,5,0.01,1,1,1,1,1.24504985049999", 1),
            ("faulty", "F,D2,5>1,5,1.01,1,1,1,1,1.24504975049999", 65),
        ] {
            try program.write(heading + row + "\n", to: "\(name).csv")
            let answer = try program.run("pooling", "check", "\(name).csv")
            #expect(answer.status == status, "\(name): \(answer.output)\(answer.errors)")
        }
        let wide = try program.run("pooling", "check", "wrong.csv", "--tolerance", "1e-6")
        #expect(wide.status == 0)
        #expect(try program.run("pooling", "check", "missing.csv").status == 66)
    }

    @Test("OPT-4: whatever hours are typed, time left is a limit and never a crash")
    func hours() throws {
        let program = try Program()
        defer { program.remove() }
        for hours in ["inf", "1e300", "100"] {
            let answer = try optimise(program, "--prevalence", "0.01", "--hours-left", hours)
            #expect(answer.status == 0 && answer.output.contains("Best: 25>5+5+5+5+5>1"))
        }
        let two = try optimise(program, "--prevalence", "0.01", "--hours-left", "5.5")
        #expect(two.output.contains("Best: 11>1"))
        #expect(try optimise(program, "--prevalence", "0.01", "--hours-left", "1").status == 1)
        #expect(try optimise(program, "--prevalence", "0.01", "--hours-left", "-1").status == 64)
        let endless = try optimise(program, "--prevalence", "0.01", "--round-hours", "inf")
        #expect(endless.status == 64)
        let four = try optimise(program, "--risks", "0.1,0.2", "--stages", "4")
        #expect(four.status == 64)
    }

    @Test("DIL-9: a validation with a size that is none, or comes twice, is refused")
    func validation() throws {
        let program = try Program()
        defer { program.remove() }
        for (rows, status) in [
            ("size,share\n5,0.93\n10,0.9", Int32(0)), ("1e300,0.9", 65), ("5.5,0.9", 65),
            ("5,0.9\n5,0.8", 65), ("5,1.2", 65), ("-5,0.9", 65), ("five,0.9", 65),
        ] {
            try program.write(rows, to: "validation.csv")
            let answer = try optimise(
                program, "--prevalence", "0.01", "--sizes", "2..10", "--dilution", "validation",
                "--dilution-file", "validation.csv")
            #expect(answer.status == status, "\(rows): \(answer.errors)")
        }
    }

    @Test("DIL-6: Hwang's law is asked with the prevalence that was given")
    func hwang() throws {
        let program = try Program()
        defer { program.remove() }
        func best(_ prevalence: String) throws -> String {
            let answer = try optimise(
                program, "--prevalence", prevalence, "--dilution", "hwang", "--hwang-index", "0.2",
                "--sizes", "10..10", "--stages", "2", "--floor", "0", "--format", "json")
            let json = try JSONSerialization.jsonObject(with: Data(answer.output.utf8))
            let found = try #require((json as? [String: Any])?["pse"] as? Double)
            // Se Se p / (1 − (1 − p)^(10^0.2))
            let p = try #require(Double(prevalence))
            let law = p / (1 - pow(1 - p, pow(10, 0.2)))
            #expect(abs(found - 0.95 * 0.95 * law) < 1e-9)
            return "\(found)"
        }
        #expect(try best("0.0001") != best("0.05"))
    }
}
