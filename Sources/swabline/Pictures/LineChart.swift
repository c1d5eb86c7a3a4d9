import Foundation

/// Lines over a logarithmic axis, one panel beneath the other, as an SVG picture.
struct LineChart {
    struct Line {
        let name: String
        let points: [(x: Double, y: Double)]
    }

    struct Panel {
        let title: String
        let lines: [Line]
        /// Heights at which a thin line is drawn.
        let marks: [Double]
    }

    let title: String
    let across: String
    let panels: [Panel]

    private static let width = 860.0
    private static let height = 300.0
    private static let left = 64.0
    private static let right = 190.0
    /// Colours that people with colour blindness tell apart (Okabe and Ito 2008).
    private static let colours = [
        "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000",
    ]

    var svg: String {
        let whole = 56 + Double(panels.count) * (Self.height + 76)
        var parts = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(Int(Self.width)) "
                + "\(Int(whole))\" font-family=\"sans-serif\" font-size=\"13\">",
            "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>",
            "<text x=\"\(Self.left)\" y=\"28\" font-size=\"18\">\(escaped(title))</text>",
        ]
        for (index, panel) in panels.enumerated() {
            parts.append(draw(panel, top: 76 + Double(index) * (Self.height + 76)))
        }
        return (parts + ["</svg>"]).joined(separator: "\n")
    }

    private func draw(_ panel: Panel, top: Double) -> String {
        let points = panel.lines.flatMap(\.points)
        let (low, high) = (
            log10(points.map(\.x).min() ?? 0.1), log10(points.map(\.x).max() ?? 1)
        )
        let most = max(0.01, points.map(\.y).max() ?? 1)
        let step = Self.step(most)
        let ceiling = (most / step).rounded(.up) * step
        func x(_ value: Double) -> Double {
            Self.left + (log10(value) - low) / (high - low) * (Self.width - Self.left - Self.right)
        }
        func y(_ value: Double) -> Double { top + Self.height * (1 - value / ceiling) }
        var parts = [
            "<text x=\"\(Self.left)\" y=\"\(top - 12)\" font-weight=\"bold\">"
                + "\(escaped(panel.title))</text>"
        ]
        for tick in stride(from: 0, through: ceiling + step / 2, by: step) {
            parts.append(rule(Self.left, y(tick), Self.width - Self.right, y(tick), "#ddd"))
            parts.append(label(Self.left - 8, y(tick) + 4, digits(tick, 3), anchor: "end"))
        }
        for decade in Int(low.rounded(.up))...Int(high.rounded(.down)) {
            for factor in [1.0, 2, 5] {
                let value = factor * pow(10, Double(decade))
                guard log10(value) <= high + 1e-9 else { continue }
                parts.append(rule(x(value), top, x(value), top + Self.height, "#eee"))
                let percent = digits(100 * value, 3) + " %"
                parts.append(label(x(value), top + Self.height + 18, percent, anchor: "middle"))
            }
        }
        for mark in panel.marks where mark <= ceiling {
            parts.append(rule(Self.left, y(mark), Self.width - Self.right, y(mark), "#888"))
        }
        parts.append(
            label(
                (Self.left + Self.width - Self.right) / 2, top + Self.height + 38, across,
                anchor: "middle"))
        for (index, line) in panel.lines.enumerated() {
            let colour = Self.colours[index % Self.colours.count]
            let dash = index < Self.colours.count ? "" : " stroke-dasharray=\"6 4\""
            let path = line.points.map { String(format: "%.1f,%.1f", x($0.x), y($0.y)) }
                .joined(separator: " ")
            parts.append(
                "<polyline fill=\"none\" stroke=\"\(colour)\" stroke-width=\"2\"\(dash) "
                    + "points=\"\(path)\"/>")
            let height = top + 10 + Double(index) * 20
            let start = Self.width - Self.right + 14
            parts.append(
                "<line x1=\"\(start)\" y1=\"\(height)\" x2=\"\(start + 22)\" y2=\"\(height)\" "
                    + "stroke=\"\(colour)\" stroke-width=\"2\"\(dash)/>")
            parts.append(label(start + 28, height + 4, line.name, anchor: "start"))
        }
        return parts.joined(separator: "\n")
    }

    /// Distances of 1, 2 or 5 times a power of ten that make four to ten ticks.
    private static func step(_ most: Double) -> Double {
        let power = pow(10, (log10(most) - 0.6).rounded(.down))
        return [1, 2, 5, 10].map { $0 * power }.first { most / $0 <= 8 } ?? power
    }

    private func rule(
        _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ colour: String
    ) -> String {
        String(
            format: "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%@\"/>", x1, y1,
            x2, y2, colour)
    }

    private func label(_ x: Double, _ y: Double, _ text: String, anchor: String) -> String {
        String(
            format: "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%@\">%@</text>", x, y, anchor,
            escaped(text))
    }

    private func escaped(_ text: String) -> String {
        text.replacingOccurrences(of: "&", with: "&amp;")
            .replacingOccurrences(of: "<", with: "&lt;")
            .replacingOccurrences(of: ">", with: "&gt;")
    }
}
