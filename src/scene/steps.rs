//! Numbers in classes, for colours and sizes.

/// Classes of numbers.
pub(super) const STEPS: usize = 5;
/// So few different numbers make no classes: each can be told on its own, in colour as in size.
pub(super) const FEW: usize = 7;

/// Numbers in classes of about as many events each.
pub(super) struct Steps {
    /// The lowest number of each class.
    pub(super) lows: Vec<f64>,
    /// The highest one.
    pub(super) highs: Vec<f64>,
}

impl Steps {
    /// `None` where there are too few different numbers to make classes of.
    pub(super) fn of(mut numbers: Vec<f64>) -> Option<Self> {
        numbers.retain(|number| number.is_finite());
        numbers.sort_by(f64::total_cmp);
        let mut different = numbers.clone();
        different.dedup();
        if different.len() <= FEW {
            return None;
        }
        let (mut lows, mut highs): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
        let mut from = 0;
        for step in 1..=STEPS {
            // The same number is never in two classes.
            let to = (numbers.len() * step / STEPS).max(from);
            let to = to
                + numbers[to..]
                    .iter()
                    .take_while(|number| to > 0 && number.total_cmp(&numbers[to - 1]).is_eq())
                    .count();
            if to > from {
                lows.push(numbers[from]);
                highs.push(numbers[to - 1]);
                from = to;
            }
        }
        Some(Self { lows, highs })
    }

    /// The same, where few different numbers are a class each; `None` where there is none at all.
    pub(super) fn of_any(numbers: Vec<f64>) -> Option<Self> {
        let mut different = numbers.clone();
        different.retain(|number| number.is_finite());
        different.sort_by(f64::total_cmp);
        different.dedup();
        if different.is_empty() {
            return None;
        }
        Self::of(numbers).or_else(|| Some(Self { lows: different.clone(), highs: different }))
    }

    pub(super) fn count(&self) -> usize {
        self.lows.len()
    }

    pub(super) fn step(&self, number: f64) -> usize {
        self.lows.partition_point(|low| *low <= number).saturating_sub(1)
    }

    pub(super) fn words(&self, step: usize) -> String {
        let (low, high) = (self.lows[step], self.highs[step]);
        let words = if low.total_cmp(&high).is_eq() { low.to_string() } else { format!("{low} – {high}") };
        words.replace('-', "−")
    }
}
