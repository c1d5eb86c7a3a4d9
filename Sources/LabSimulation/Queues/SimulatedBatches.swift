import LabStatistics

/// Servers that take several at once, and batches that are formed with a time-out.
enum SimulatedBatches {
    /// Forms so many batches; the time-out is an event that a full batch makes void.
    static func forming(
        arrivals: Double, size: Int, timeout: Double, count: Int, _ random: SeededGenerator
    ) -> QueueMeasures {
        var chance = random.stream(named: "arrivals")
        var (now, done, items, byTimeout, openTime, waits) = (0.0, 0, 0, 0, 0.0, 0.0)
        var (members, opened, entered, serial) = (0, 0.0, 0.0, Int32(0))
        var agenda = EventList()
        agenda.schedule(0, at: chance.unitExponential() / arrivals)
        while done < count, let event = agenda.next() {
            now = event.time
            if event.kind == 0 {
                agenda.schedule(0, at: now + chance.unitExponential() / arrivals)
                if members == 0 {
                    (opened, entered) = (now, 0)
                    serial &+= 1
                    agenda.schedule(1, at: now + timeout, detail: serial)
                }
                members += 1
                entered += now - opened
            }
            let isOver = event.kind == 1 && event.detail == serial && members > 0
            guard members == size || isOver else { continue }
            if isOver, members < size { byTimeout += 1 }
            done += 1
            items += members
            openTime += now - opened
            waits += Double(members) * (now - opened) - entered
            members = 0
        }
        let batches = Double(done)
        return [
            "mean_batch": .value(Double(items) / batches),
            "P(closed by time-out)": .value(Double(byTimeout) / batches),
            "mean_open_time": .value(openTime / batches),
            "mean_wait_per_item": .value(waits / Double(items)),
            "batches_per_time": .value(batches / now),
            "fill": .value(Double(items) / batches / Double(size)),
        ]
    }

    /// How a machine takes its batch.
    struct Machine {
        /// The fewest with which it starts.
        let least: Int
        let most: Int
        /// Whether a run takes newcomers while it has room.
        let joining: Bool
        let run: ServiceLaw
    }

    /// One machine before a line, until so many have come.
    static func machine(
        _ machine: Machine, arrivals: Double, warmUp: Int, count: Int, _ random: SeededGenerator
    ) -> QueueMeasures {
        var (coming, running) = (random.stream(named: "arrivals"), random.stream(named: "services"))
        var agenda = EventList()
        var (now, start, arrived, waiting, inside) = (0.0, 0.0, 0, 0, 0)
        var (queueArea, numberArea, busyTime, emptyTime, batches, taken) = (
            0.0, 0.0, 0.0, 0.0, 0, 0
        )
        agenda.schedule(0, at: coming.unitExponential() / arrivals)
        while arrived < warmUp + count, let event = agenda.next() {
            let elapsed = event.time - now
            queueArea += elapsed * Double(waiting)
            numberArea += elapsed * Double(waiting + inside)
            if inside > 0 { busyTime += elapsed }
            if inside + waiting == 0 { emptyTime += elapsed }
            now = event.time
            if event.kind == 0 {
                agenda.schedule(0, at: now + coming.unitExponential() / arrivals)
                arrived += 1
                if machine.joining, inside > 0, inside < machine.most {
                    inside += 1
                } else {
                    waiting += 1
                }
                if arrived == warmUp {
                    (queueArea, numberArea, busyTime, emptyTime, start) = (0, 0, 0, 0, now)
                    (batches, taken) = (0, 0)
                }
            } else {
                taken += inside
                batches += 1
                inside = 0
            }
            if inside == 0, waiting >= machine.least {
                inside = min(waiting, machine.most)
                waiting -= inside
                agenda.schedule(1, at: now + machine.run.draw(using: &running))
            }
        }
        let time = now - start
        return [
            "Lq": .value(queueArea / time), "Wq": .value(queueArea / time / arrivals),
            "L": .value(numberArea / time), "W": .value(numberArea / time / arrivals),
            "mean_batch": .value(Double(taken) / Double(max(1, batches))),
            "busy": .value(busyTime / time), "P0": .value(emptyTime / time),
        ]
    }
}
