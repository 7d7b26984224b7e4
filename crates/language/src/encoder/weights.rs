//! The model file: safetensors with int8 matrices, described in `model/README.md`.

use safetensors::{Dtype, SafeTensors};
use thiserror::Error;

use super::kernels::Isa;
use super::linear::Linear;

const FORMAT: &str = "reportedly-model-1";

/// What is wrong with a model file.
#[derive(Debug, Error)]
pub enum ModelError {
    /// Not a safetensors file.
    #[error("the model file cannot be read: {0}")]
    File(#[from] safetensors::SafeTensorError),
    /// Made for another version of the program.
    #[error("the model file is of format `{0}`, not `{FORMAT}`")]
    Format(String),
    /// The kernels asked for do not run here.
    #[error("this machine has no {0:?}; `Isa::detect` names the best that it has")]
    Machine(Isa),
    /// A tensor is missing or has another shape or type.
    #[error("the model file's tensor `{0}` is missing or of another shape; was it written by `training/export.py`?")]
    Tensor(String),
    /// A label list is missing.
    #[error("the model file has no labels `{0}`; was it written by `training/export.py`?")]
    Labels(String),
}

/// A model file in memory.
pub struct Weights {
    tensors: SafeTensors<'static>,
    metadata: std::collections::HashMap<String, String>,
}

impl Weights {
    /// Reads the header; tensors stay where they are.
    pub fn read(bytes: &'static [u8]) -> Result<Weights, ModelError> {
        let (_, metadata) = SafeTensors::read_metadata(bytes)?;
        let metadata = metadata.metadata().clone().unwrap_or_default();
        let format = metadata.get("format").map_or("", String::as_str);
        if format != FORMAT {
            return Err(ModelError::Format(format.to_owned()));
        }
        Ok(Weights { tensors: SafeTensors::deserialize(bytes)?, metadata })
    }

    /// The label list `name`.
    pub fn labels(&self, name: &str) -> Result<Vec<String>, ModelError> {
        self.metadata
            .get(name)
            .and_then(|text| serde_json::from_str(text).ok())
            .ok_or_else(|| ModelError::Labels(name.to_owned()))
    }

    /// An int8 tensor's bytes.
    pub fn bytes(&self, name: &str) -> Result<&'static [u8], ModelError> {
        let tensor = self.tensors.tensor(name).map_err(|_| ModelError::Tensor(name.to_owned()))?;
        if tensor.dtype() == Dtype::I8 { Ok(tensor.data()) } else { Err(ModelError::Tensor(name.to_owned())) }
    }

    /// A float tensor of `count` values.
    pub fn floats(&self, name: &str, count: usize) -> Result<Vec<f32>, ModelError> {
        let values = self.all_floats(name)?;
        if values.len() == count { Ok(values) } else { Err(ModelError::Tensor(name.to_owned())) }
    }

    /// A float tensor of whatever size.
    pub fn all_floats(&self, name: &str) -> Result<Vec<f32>, ModelError> {
        let tensor = self.tensors.tensor(name).map_err(|_| ModelError::Tensor(name.to_owned()))?;
        if tensor.dtype() != Dtype::F32 {
            return Err(ModelError::Tensor(name.to_owned()));
        }
        Ok(tensor.data().as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect())
    }

    /// Layers with the same `inputs` inputs, packed as one, outputs in the order of the names.
    pub(crate) fn linear(&self, isa: Isa, names: &[&str], inputs: usize) -> Result<Linear, ModelError> {
        let (mut weights, mut scale, mut bias) = (Vec::new(), Vec::new(), Vec::new());
        for name in names {
            let bytes = self.bytes(&format!("{name}.weight"))?;
            let own = self.all_floats(&format!("{name}.scale"))?;
            if bytes.len() != own.len() * inputs {
                return Err(ModelError::Tensor(format!("{name}.weight")));
            }
            weights.extend(bytes.iter().map(|&b| b as i8));
            bias.extend(self.floats(&format!("{name}.bias"), own.len())?);
            scale.extend(own);
        }
        Ok(Linear::pack(isa, &weights, &scale, &bias, inputs))
    }
}
