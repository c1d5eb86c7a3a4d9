internal import Foundation
internal import LabSimulation

/// Districts as circles where they lie, or as tiles when positions are not known.
///
/// Circles are as large as their people are many; the darker, the later the results.
struct DistrictMap {
    struct Place {
        let name: String
        let people: Int
        let position: Scenario.Position?
        /// Hours until 95 % of its results.
        let hours: Double
    }

    let title: String
    let places: [Place]
    let hoursWord: String

    var html: String {
        let known = places.filter { $0.position != nil }
        let spots = Set(known.compactMap(\.position)).count
        return known.count == places.count && spots > 1 ? svg : tiles
    }

    private var range: (least: Double, most: Double) {
        let hours = places.map(\.hours)
        return (hours.min() ?? 0, hours.max() ?? 1)
    }

    /// From pale to dark blue.
    private func color(_ hours: Double) -> String {
        let (least, most) = range
        let part = most > least ? (hours - least) / (most - least) : 0
        let from = (222.0, 235.0, 247.0)
        let to = (8.0, 69.0, 148.0)
        func mix(_ a: Double, _ b: Double) -> Int { Int((a + (b - a) * part).rounded()) }
        return "rgb(\(mix(from.0, to.0)),\(mix(from.1, to.1)),\(mix(from.2, to.2)))"
    }

    private var svg: String {
        let (width, height, margin) = (860.0, 520.0, 60.0)
        let positions = places.compactMap(\.position)
        let middle = positions.map(\.latitude).reduce(0, +) / Double(max(1, positions.count))
        let squeeze = cos(middle * Double.pi / 180)
        let xs = positions.map { $0.longitude * squeeze }
        let ys = positions.map { -$0.latitude }
        let (west, east) = (xs.min() ?? 0, xs.max() ?? 1)
        let (north, south) = (ys.min() ?? 0, ys.max() ?? 1)
        let scale = min(
            (width - 2 * margin) / max(east - west, 1e-6),
            (height - 2 * margin) / max(south - north, 1e-6))
        let offset = (
            (width - scale * (east - west)) / 2, (height - scale * (south - north)) / 2
        )
        let largest = Double(max(1, places.map(\.people).max() ?? 1))
        let drawn = places.indices.sorted { places[$0].people > places[$1].people }
        var circles = ""
        var names = ""
        for place in drawn {
            let item = places[place]
            let x = offset.0 + scale * (xs[place] - west)
            let y = offset.1 + scale * (ys[place] - north)
            let radius = max(3, 42 * (Double(item.people) / largest).squareRoot())
            circles +=
                String(
                    format: "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" stroke=\"#555\" fill=\"", x,
                    y, radius)
                + "\(color(item.hours))\"><title>\(escaped(words(item)))</title></circle>"
            if places.count <= 40 {
                names += CurveChart.text(x, y + radius + 13, item.name, "middle")
            }
        }
        return "<svg viewBox=\"0 0 \(Int(width)) \(Int(height))\" role=\"img\" "
            + "aria-label=\"\(escaped(title))\">\(circles)\(names)</svg>" + scaleLine
    }

    private var tiles: String {
        let items = places.map { place in
            "<li>\(ReportPage.key(color(place.hours)))<b>\(escaped(place.name))</b><br>"
                + "\(StudyNumbers.grouped(place.people))<br>"
                + "\(StudyNumbers.text(place.hours)) h</li>"
        }
        return "<ul class=\"tiles\">\(items.joined())</ul>" + scaleLine
    }

    private var scaleLine: String {
        let (least, most) = range
        return "<p class=\"legend\"><span>\(ReportPage.key(color(least)))"
            + "\(StudyNumbers.text(least)) h</span>"
            + "<span>\(ReportPage.key(color(most)))"
            + "\(StudyNumbers.text(most)) h</span><span>\(escaped(hoursWord))</span></p>"
    }

    private func words(_ place: Place) -> String {
        "\(place.name): \(StudyNumbers.grouped(place.people)), \(StudyNumbers.text(place.hours)) h"
    }
}
