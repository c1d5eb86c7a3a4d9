/// What a city's lists ask for: calls by tube, verdicts by run, and whether a unit knows of a tube,
/// kept with the tube so that the few of which it does not are found without the others.
enum CityLists {
    static let name = "2026-11 lists of a city"

    static let statements = """
        CREATE INDEX recollectionOpenByTube ON recollection(tube) WHERE state = 'open';
        DROP INDEX recollectionByTube;
        CREATE INDEX recollectionByTube ON recollection(tube, openedAt);
        DROP INDEX requestByRun;
        CREATE INDEX requestByRun ON request(run, verdict) WHERE run IS NOT NULL;
        ALTER TABLE tube ADD COLUMN deliveredAt INTEGER;
        UPDATE tube SET deliveredAt = (SELECT at FROM delivery WHERE tube = barcode)
            WHERE barcode IN (SELECT tube FROM delivery);
        DROP TABLE delivery;
        CREATE INDEX tubeUndelivered ON tube(box, unit)
            WHERE state IN ('rejected', 'resolved') AND deliveredAt IS NULL;
        CREATE INDEX alertWaiting ON alert(kind, step)
            WHERE state = 'open' AND acknowledgedAt IS NULL;
        """
}
